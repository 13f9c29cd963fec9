namespace Rerank.Scorer.Models.Rewriting;

/// <summary>What to make of a model.</summary>
public sealed record QuantizeRequest
{
    /// <summary>The fp32 model's folder.</summary>
    public required string Model { get; init; }

    public required string OutputFolder { get; init; }

    /// <summary><c>fp16</c>, <c>int8</c> or <c>int4</c>.</summary>
    public required string Precision { get; init; }

    /// <summary>Pairs as JSON lines, for int8 with fixed steps; up to 100 of them are used.</summary>
    public required string CalibrationFile { get; init; }

    /// <summary>int8 with a step for each row instead of fixed ones.</summary>
    public bool PerRow { get; init; }

    /// <summary>int8 weights in seven bits, for processors whose byte products overflow (x64 without VNNI).</summary>
    public bool ReduceRange { get; init; }
}
