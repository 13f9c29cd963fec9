namespace Rerank.Benchmarks.Whole;

/// <summary>What a system took for some pairs.</summary>
/// <param name="Seconds">From the first forward pass to the last score; each system says what that is for it.</param>
/// <param name="CpuSeconds">Of all its processes in that time.</param>
/// <param name="PaddingWaste">Part of all tokens that were computed and are padding, 0 to 1.</param>
/// <param name="Scores">A logit a pair, in the workload's order.</param>
internal sealed record Measurement(double Seconds, double CpuSeconds, double PaddingWaste, float[] Scores)
{
    internal double PairsPerSecond => Scores.Length / Seconds;

    internal double CpuMsAPair => CpuSeconds * 1000 / Scores.Length;

    /// <summary>Only of the pipeline.</summary>
    internal DatasetFigures? Dataset { get; init; }

    /// <summary>Of <c>run</c>: processor time of whole processes, their start and end included; else null.</summary>
    internal double? WholeCpuSeconds { get; init; }
}
