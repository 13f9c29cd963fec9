namespace Rerank.Scorer.Gate;

/// <summary>How far scores may be from plain fp32's on the CPU.</summary>
/// <param name="Delta">Largest difference of a score, in standard deviations of the fp32 scores.</param>
/// <param name="Pearson">Least correlation with the fp32 scores.</param>
internal sealed record GateLimits(double Delta, double Pearson)
{
    /// <summary>Largest difference between a score alone and in a pass, in standard deviations: one that shows is a fault of scheme.</summary>
    internal const double BatchDelta = 1e-3;

    // About twice what trained weights of a MiniLM-L6 differ by over the gate's pairs (docs/models.md: fp16 0.001, int8 0.13, int4 0.25; random
    // weights, which lack outliers, by a third of that), and far from what a broken weight does (above 1).
    internal static GateLimits For(string precision, string backend) => precision switch
    {
        // Core ML computes in float16 whatever the file holds.
        "fp32" when backend != "coreml" => new(1e-3, 0.999999),
        "fp32" or "fp16" => new(1e-2, 0.9999),
        "bf16" => new(0.05, 0.999),
        "int8" => new(0.3, 0.98),
        _ => new(0.6, 0.95),
    };
}
