using Rerank.Cli.Reports.Recording;

namespace Rerank.Cli.Bench.Experiments;

/// <summary>What a file of <c>experiments/</c> says. Axes with several values make a run each; a run has every point of the grid.</summary>
internal sealed record Experiment
{
    /// <summary>That of the file.</summary>
    public required string Name { get; init; }

    public required string Description { get; init; }

    /// <summary>Model id or folder of a run on a real device.</summary>
    public required string Model { get; init; }

    /// <summary>Names of backends.</summary>
    public required IReadOnlyList<string> Backends { get; init; }

    /// <summary>What the model's weights must be.</summary>
    public required IReadOnlyList<string> Precisions { get; init; }

    /// <summary>Whether the Scorer sizes its passes, or makes passes of a request's size in order of arrival.</summary>
    public required IReadOnlyList<bool> Adaptive { get; init; }

    /// <summary>Lanes; null for what suits the backend.</summary>
    public IReadOnlyList<int?> Scorers { get; init; } = [null];

    /// <summary>p95; null for none.</summary>
    public IReadOnlyList<TimeSpan?> TargetLatencies { get; init; } = [null];

    /// <summary>Pairs/s; null for none.</summary>
    public IReadOnlyList<int?> TargetThroughputs { get; init; } = [null];

    public LoadShape Load { get; init; } = LoadShape.Closed;

    public required IReadOnlyList<GridBlock> Grid { get; init; }

    /// <summary>How long the reference waited for more requests where it is not adaptive: only a simulated device can be made to wait.</summary>
    public TimeSpan? Window { get; init; }

    public required SimulatedStandIn Simulate { get; init; }

    public required SmallScale Small { get; init; }
}
