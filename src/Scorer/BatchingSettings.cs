using Rerank.Scorer.Batching;
using Rerank.Scorer.Inference;

namespace Rerank.Scorer;

/// <summary>What the batcher is to aim at and to keep to, from the settings and the model.</summary>
internal static class BatchingSettings
{
    /// <summary>Of a CPU, where the model is so small, or says so little of itself, that memory does not matter.</summary>
    internal const int MostCpuPassTokens = 16_384;

    // A few rows are as fast as many on a CPU, and a lane's largest pass stays resident, by and large.
    private const int CpuPassBytes = 64 << 20;
    private const int LeastCpuPassTokens = 512;

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
            : model.Loaded.Backend == Backend.Cpu ? CpuPassTokens(model.Folder.MostBytesAToken)
            : DevicePassTokens,
        OneRowAPass = model.Folder.NeedsPassesOfOneRow,
        MaxWindow = options.MaxWindow,
        PullAhead = PullAhead,
        AckWait = ackWait,
        Adaptive = options.Adaptive,
        FixedRows = model.Folder.NeedsPassesOfOneRow ? 1 : options.FixedRows,
    };

    /// <summary>As many as take 64 MiB, if they are in rows of full length.</summary>
    internal static int CpuPassTokens(int? bytesAToken) => bytesAToken is { } bytes and > 0
        ? Math.Clamp(CpuPassBytes / bytes, LeastCpuPassTokens, MostCpuPassTokens)
        : MostCpuPassTokens;
}
