namespace Rerank.Cli.Reports.Recording;

/// <summary>What the bench knows of one run of an experiment and no table can say: <c>runs/&lt;run&gt;.json</c>. Null where it is not known.</summary>
internal sealed record RunRecord
{
    /// <summary>Unique in the folder and a file's name: <c>[A-Za-z0-9_-]{1,64}</c>.</summary>
    public required string Run { get; init; }

    /// <summary>The experiment, such as <c>05a_batch_size_mps</c>.</summary>
    public required string Name { get; init; }

    public string? Description { get; init; }

    /// <summary>Reports show it as it is written here: give local time with its offset, or UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    public required string Model { get; init; }

    /// <summary>Such as Cross-Encoder; format A has a line for it.</summary>
    public string? ModelType { get; init; }

    public required string Backend { get; init; }

    public required string Device { get; init; }

    public DeviceKind? DeviceKind { get; init; }

    public string? Precision { get; init; }

    public DynamicBatching? DynamicBatching { get; init; }

    public LoadShape? Load { get; init; }

    public int? RequestsPerConfiguration { get; init; }

    public Workload? Workload { get; init; }

    public HostRecord? Host { get; init; }

    public ThreadSettings? Threads { get; init; }

    /// <summary>Versions by package.</summary>
    public IReadOnlyDictionary<string, string> Packages { get; init; } = new Dictionary<string, string>();

    public string? ToolVersion { get; init; }

    public string? Commit { get; init; }

    /// <summary>What was typed to start it.</summary>
    public string? Command { get; init; }

    public required IReadOnlyList<ConfigurationRecord> Configurations { get; init; }

    public IReadOnlyList<FailureRecord> Failures { get; init; } = [];
}
