namespace Rerank.Cli.Bench;

/// <summary>What <c>bench</c> is asked to measure.</summary>
internal sealed record BenchRequest
{
    /// <summary>Full path.</summary>
    public required string Output { get; init; }

    public BenchScale Scale { get; init; }

    /// <summary>Measurements of each configuration.</summary>
    public int Repeats { get; init; } = 1;

    /// <summary>A simulated device; null for a real one, or for the experiment's stand-in where its backend is not here.</summary>
    public string? Simulate { get; init; }

    /// <summary>Instead of the experiments' backends.</summary>
    public string? Backend { get; init; }

    /// <summary>Instead of the experiments' models; whatever precision it has is right.</summary>
    public string? Model { get; init; }

    /// <summary>Requests a configuration, instead of the experiments'.</summary>
    public int? Requests { get; init; }

    /// <summary>What was typed.</summary>
    public required string Command { get; init; }
}
