using Rerank.Scorer.Batching;
using Rerank.Scorer.Inference;

namespace Rerank.Scorer;

/// <summary>What the batcher is to aim at and to keep to, from the settings and the model.</summary>
internal static class BatchingSettings
{
    /// <summary>Of a CPU; larger passes only fill memory there. Measured in docs/results.</summary>
    internal const int CpuPassTokens = 16_384;

    /// <summary>Of any other device.</summary>
    internal const int DevicePassTokens = 65_536;

    // A pull over a network, decoding and tokenizing, with some to spare.
    private static readonly TimeSpan PullAhead = TimeSpan.FromMilliseconds(50);

    internal static BatcherOptions Of(ScorerOptions options, TimeSpan ackWait, ScoringModel model) => new()
    {
        Lanes = model.Loaded.Layout.Lanes,
        TargetLatencyMs = options.TargetLatency?.TotalMilliseconds,
        TargetThroughput = options.TargetThroughput,
        Priority = options.Priority,
        MaxPassTokens = options.MaxPassTokens != 0 ? options.MaxPassTokens
            : model.Loaded.Backend == Backend.Cpu ? CpuPassTokens
            : DevicePassTokens,
        OneRowAPass = model.Folder.NeedsPassesOfOneRow,
        MaxWindow = options.MaxWindow,
        PullAhead = PullAhead,
        AckWait = ackWait,
        Adaptive = options.Adaptive,
        FixedRows = model.Folder.NeedsPassesOfOneRow ? 1 : options.FixedRows,
    };
}
