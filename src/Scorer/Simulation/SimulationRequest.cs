using Rerank.Scorer.Batching;

namespace Rerank.Scorer.Simulation;

/// <summary>What to simulate, by name. Members that the arrivals or the policy do not know are not looked at.</summary>
public sealed record SimulationRequest
{
    /// <summary>One of <see cref="Simulator.Devices"/>.</summary>
    public required string Device { get; init; }

    /// <summary>One of <see cref="Simulator.Arrivals"/>.</summary>
    public string Arrivals { get; init; } = "closed";

    /// <summary>One of <see cref="Simulator.Policies"/>.</summary>
    public string Policy { get; init; } = "adaptive";

    /// <summary>One of <see cref="Simulator.Lengths"/>.</summary>
    public string Lengths { get; init; } = "ms-marco";

    /// <summary>Callers of a closed loop.</summary>
    public int Callers { get; init; } = 1;

    /// <summary>Pairs a request: of a caller, or of a burst.</summary>
    public int Batch { get; init; } = 1;

    /// <summary>Pairs of a backlog.</summary>
    public int Pairs { get; init; } = 20_000;

    /// <summary>Pairs/s that arrive; null for <see cref="Load"/>.</summary>
    public double? Rate { get; init; }

    /// <summary>Pairs/s that arrive, in percent of what the device does with a backlog within the latency target.</summary>
    public double Load { get; init; } = 55;

    /// <summary>The same at the end of a ramp.</summary>
    public double RampTo { get; init; } = 90;

    /// <summary>Of the whole run, in virtual time.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>At the start of the run, not counted in the figures.</summary>
    public TimeSpan WarmUp { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>p95 from queued to scored.</summary>
    public TimeSpan? TargetLatency { get; init; }

    /// <summary>Pairs/s.</summary>
    public double? TargetThroughput { get; init; }

    /// <summary>Which target is kept when both cannot be had.</summary>
    public Priority Priority { get; init; }

    /// <summary>Pairs that the controller may plan together, at most.</summary>
    public int MaxWindow { get; init; } = 2_048;

    /// <summary>How many times as long a pass takes between <see cref="SlowFrom"/> and <see cref="SlowTo"/>.</summary>
    public double SlowFactor { get; init; } = 1;

    /// <summary>Since the start of the run.</summary>
    public TimeSpan SlowFrom { get; init; }

    /// <summary>Since the start of the run.</summary>
    public TimeSpan SlowTo { get; init; }

    /// <summary>Requests, after which no more come; null for as many as the time allows.</summary>
    public int? Requests { get; init; }

    /// <summary>How many times as slow the device is as its curve says.</summary>
    public double TimeFactor { get; init; } = 1;

    /// <summary>Deviation of a pass's time from the curve, in percent.</summary>
    public double Noise { get; init; } = 3;

    /// <summary>Slow swing of all times, in percent.</summary>
    public double Drift { get; init; }

    /// <summary>The same seed and settings give the same result.</summary>
    public int Seed { get; init; } = 1;
}
