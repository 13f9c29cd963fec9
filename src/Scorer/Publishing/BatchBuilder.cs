using Rerank.Scorer.Batching;
using Rerank.Shared.Contracts;
using Rerank.Shared.Messaging;

namespace Rerank.Scorer.Publishing;

/// <summary>Collects the rows of one job and epoch until they are published. Not thread-safe.</summary>
internal sealed class BatchBuilder(string job, long epoch, string model, string scorer)
{
    // Numbers, flags and commas of a row, and of a timing record, in JSON.
    private const int RowBytes = 140;
    private const int PassBytes = 900;

    private readonly List<ScoredRow> _rows = [];
    private readonly List<PassTiming> _passes = [];
    private readonly List<Delivery> _deliveries = [];
    private readonly List<(string Context, long ScoredUs)> _traces = [];
    private int _bytes;

    internal IReadOnlyList<Delivery> Deliveries => _deliveries;

    /// <summary>Of its traced pairs: the context, and when their pass ended.</summary>
    internal IReadOnlyList<(string Context, long ScoredUs)> Traces => _traces;

    /// <summary>Whether an empty batch can hold these rows of a pass, by an upper estimate of their JSON.</summary>
    internal static bool FitAlone(List<(ReadyPair Pair, float Score)> rows) => BytesOf(rows) <= ScoredBatchCodec.MaxBytes;

    /// <summary>Whether these rows of a pass may still be added, likewise.</summary>
    internal bool HasRoomFor(List<(ReadyPair Pair, float Score)> rows) => _bytes + BytesOf(rows) <= ScoredBatchCodec.MaxBytes;

    /// <summary>Adds one pass of the job.</summary>
    internal void Add(PassTiming timing, List<(ReadyPair Pair, float Score)> rows)
    {
        _bytes += BytesOf(rows);
        foreach (var (pair, score) in rows)
        {
            _rows.Add(new ScoredRow(
                pair.Identity.Ordinal,
                pair.Id,
                pair.QueryId,
                pair.DocumentId,
                pair.Rank,
                score,
                pair.Length,
                pair.Truncated,
                _passes.Count,
                pair.Delivery.TimestampUs,
                pair.ReceivedUs));
            _deliveries.Add(pair.Delivery);
            if (pair.Trace is not null)
                _traces.Add((pair.Trace, timing.EndedUs));
        }

        _passes.Add(timing);
    }

    internal ScoredBatch Build() => new(job, epoch, model, scorer, _rows, _passes);

    private static int BytesOf(List<(ReadyPair Pair, float Score)> rows)
    {
        var bytes = PassBytes;
        // An escaped UTF-16 unit is six bytes.
        foreach (var (pair, _) in rows)
            bytes += RowBytes + (6 * (pair.Id.Length + pair.QueryId.Length + (pair.DocumentId?.Length ?? 0)));
        return bytes;
    }
}
