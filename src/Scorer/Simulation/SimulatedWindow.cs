namespace Rerank.Scorer.Simulation;

/// <summary>A stretch of a simulation.</summary>
public sealed record SimulatedWindow
{
    /// <summary>Its start, in seconds of virtual time.</summary>
    public required double FromS { get; init; }

    /// <summary>Pairs/s that were queued.</summary>
    public required double QueuedPerSecond { get; init; }

    /// <summary>Pairs/s that were scored.</summary>
    public required double ScoredPerSecond { get; init; }

    /// <summary>95th percentile of queued → scored; null if nothing was scored.</summary>
    public double? P95Ms { get; init; }

    /// <summary>Passes that started.</summary>
    public required int Passes { get; init; }

    /// <summary>Pairs a pass, mean; null without passes.</summary>
    public double? PassRows { get; init; }

    /// <summary>Pairs planned together, mean over the passes.</summary>
    public double? Window { get; init; }

    /// <summary>Pairs that the controller wanted with the scorer, at the last pass.</summary>
    public int? PullTarget { get; init; }
}
