using Rerank.Shared.Contracts;

namespace Rerank.TestKit;

/// <summary>Scored batches as a Scorer would publish them, every value derived from the ordinals.</summary>
public static class ScoredBatches
{
    public const string Model = "builtin:lexical@1/fp32/0123456789abcdef";

    /// <summary>2026-01-02T03:04:05.678900Z.</summary>
    public const long StartUs = 1_767_323_045_678_900;

    /// <summary>A batch of one pass.</summary>
    public static ScoredBatch Of(string job, string batchId, long epoch, params IEnumerable<long> ordinals) =>
        Of(job, epoch, [(batchId, ordinals.ToArray())]);

    /// <summary>A batch of several passes.</summary>
    public static ScoredBatch Of(string job, long epoch, IReadOnlyList<(string BatchId, long[] Ordinals)> passes) => new(
        job,
        epoch,
        Model,
        "scorer-1",
        [.. passes.SelectMany((pass, index) => pass.Ordinals.Select(ordinal => Row(ordinal, index)))],
        [.. passes.Select(pass => Pass(pass.BatchId, pass.Ordinals.Length))]);

    public static ScoredRow Row(long ordinal, int pass = 0) => new(
        ordinal,
        $"pair-{ordinal}",
        $"q{ordinal / 20}",
        ordinal % 5 == 0 ? null : $"d{ordinal % 7}",
        ordinal % 3 == 0 ? null : (int)(ordinal % 20) + 1,
        ordinal / 8f,
        (int)(ordinal % 100) + 3,
        ordinal % 4 == 0,
        pass,
        StartUs + (ordinal * 1000),
        StartUs + (ordinal * 1000) + 500);

    public static PassTiming Pass(string batchId, int pairs) => new()
    {
        BatchId = batchId,
        Session = 1,
        StartedUs = StartUs,
        EndedUs = StartUs + 20_000,
        Backend = "cpu",
        Device = "test",
        Precision = "fp32",
        Pairs = pairs,
        PassPairs = pairs + 1,
        RowsPadded = pairs + 1,
        Length = 100,
        TokensReal = 50L * (pairs + 1),
        Window = 64,
        CloseReason = "planned",
        PredictedMs = 19.5,
        CpuPercent = 99.5,
        RssMb = 120,
        OldestQueuedUs = StartUs - 10_000,
        BrokerMs = 1.5,
        TokenizeMs = 0.25,
        WindowMs = 8,
        InferenceMs = 20,
    };
}
