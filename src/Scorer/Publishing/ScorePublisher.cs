using System.Threading.Channels;
using Rerank.Scorer.Batching;
using Rerank.Scorer.Inference;
using Rerank.Scorer.Pulling;
using Rerank.Shared.Contracts;
using Rerank.Shared.Messaging;
using Rerank.Shared.Telemetry;

namespace Rerank.Scorer.Publishing;

/// <summary>
/// Publishes results and acks their pairs. Whatever finished while the previous publish was in flight goes into the next batch, so
/// that batches are small when the queue is quiet and large when it is not. Where nobody waits for a score, those of
/// <see cref="Gathering"/> go together.
/// </summary>
internal sealed class ScorePublisher(
    Broker broker,
    HeldDeliveries held,
    DeadLetterPublisher deadLetters,
    PoisonMarks marks,
    PassTimings timings,
    PassQueue passes,
    ScorerIdentity scorer,
    TimeProvider time)
{
    // A message wakes up the broker and the Sink, on a CPU that the lanes could use: of 200 pairs/s of int8 that cost a twentieth.
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(200);
    private const int MostGathered = 64;

    private readonly List<PassResult> _gathered = [];
    private long _batches;
    private long _passes;

    /// <summary>Forward passes that ended well.</summary>
    internal long Passes => Volatile.Read(ref _passes);

    internal long PairsScored { get; private set; }

    internal long TokensScored { get; private set; }

    /// <summary>Runs until the channel is completed and all its results are published and acked. However it ends, the channel is completed then.</summary>
    internal async Task RunAsync(Channel<PassResult> results, CancellationToken cancellationToken)
    {
        try
        {
            while (await results.Reader.WaitToReadAsync(cancellationToken))
            {
                while (results.Reader.TryRead(out var result))
                    _gathered.Add(result);
                if (!MayGatherMore())
                    await PublishGatheredAsync(cancellationToken);
            }

            await PublishGatheredAsync(cancellationToken);
        }
        finally
        {
            // A lane that waits for room must not wait for a publisher that is gone.
            results.Writer.TryComplete();
        }
    }

    /// <summary>Whether the next pass is likely to end in time for what is here to wait for it.</summary>
    private bool MayGatherMore() =>
        passes.MayGatherScores
        && _gathered.Count < MostGathered
        && time.GetUnixMicroseconds() - _gathered[0].EndedUs + (_gathered[^1].InferenceMs * 1000) < Gathering.TotalMicroseconds;

    private async Task PublishGatheredAsync(CancellationToken cancellationToken)
    {
        var open = new Dictionary<(ServedJob, long), BatchBuilder>();
        var full = new List<(ServedJob Job, BatchBuilder Batch)>();
        foreach (var result in _gathered)
        {
            foreach (var pair in result.Pass.Pairs.Where(pair => pair.Alone))
                await marks.ClearAsync(pair.Job, pair.Delivery, cancellationToken);
            if (result.Scores is null)
                await deadLetters.BuryAsync(result.Pass.Pairs.Single(), DeadReason.InferenceFailed, result.Failure!, cancellationToken);
            else
                await CollectAsync(result, result.Scores, open, full, cancellationToken);
        }

        _gathered.Clear();
        full.AddRange(open.Select(entry => (entry.Key.Item1, entry.Value)));
        await Task.WhenAll(full.Select(entry => PublishAsync(entry.Job, entry.Batch, cancellationToken)));
    }

    private async Task CollectAsync(
        PassResult result,
        float[] scores,
        Dictionary<(ServedJob Job, long Epoch), BatchBuilder> open,
        List<(ServedJob, BatchBuilder)> full,
        CancellationToken cancellationToken)
    {
        PassMetrics.OnScored(result);
        var batchId = $"{scorer.Name}-{++_passes}";
        var rows = new List<(ReadyPair Pair, float Score)>(scores.Length);
        for (var i = 0; i < scores.Length; i++)
        {
            var pair = result.Pass.Pairs[i];
            if (float.IsFinite(scores[i]))
                rows.Add((pair, scores[i]));
            else
                await deadLetters.BuryAsync(pair, DeadReason.NotFinite, $"The model's logit is {scores[i]}.", cancellationToken);
        }

        PairsScored += rows.Count;
        TokensScored += rows.Count == scores.Length ? result.TokensReal : rows.Sum(row => (long)row.Pair.Length);
        foreach (var ofOneJob in ByJob(rows))
        {
            foreach (var part in Parts(ofOneJob))
                Add(result, batchId, part, open, full);
        }
    }

    private void Add(
        PassResult result,
        string batchId,
        List<(ReadyPair Pair, float Score)> rows,
        Dictionary<(ServedJob Job, long Epoch), BatchBuilder> open,
        List<(ServedJob, BatchBuilder)> full)
    {
        var first = rows[0].Pair;
        var key = (first.Job, first.Identity.Epoch);
        if (!open.TryGetValue(key, out var batch) || !batch.HasRoomFor(rows))
        {
            if (batch is not null)
                full.Add((first.Job, batch));
            open[key] = batch = new BatchBuilder(first.Job.Name, first.Identity.Epoch, scorer.Model, scorer.Name);
        }

        batch.Add(timings.For(result, batchId, rows), rows);
    }

    /// <summary>The rows of a pass apart by job and epoch: nearly always one of each.</summary>
    private static IEnumerable<List<(ReadyPair Pair, float Score)>> ByJob(List<(ReadyPair Pair, float Score)> rows)
    {
        if (rows is not [var (first, _), ..])
            return [];
        return rows.TrueForAll(row => row.Pair.Job == first.Job && row.Pair.Identity.Epoch == first.Identity.Epoch)
            ? [rows]
            : rows.GroupBy(row => (row.Pair.Job, row.Pair.Identity.Epoch)).Select(group => group.ToList());
    }

    /// <summary>The rows of one pass, in parts that fit into an empty batch: one part unless ids are very long.</summary>
    private static IEnumerable<List<(ReadyPair Pair, float Score)>> Parts(List<(ReadyPair Pair, float Score)> rows)
    {
        if (rows.Count == 1 || BatchBuilder.FitAlone(rows))
            return [rows];
        var half = rows.Count / 2;
        return Parts(rows[..half]).Concat(Parts(rows[half..]));
    }

    private async Task PublishAsync(ServedJob job, BatchBuilder batch, CancellationToken cancellationToken)
    {
        var scored = batch.Build();
        await broker.Publisher.PublishAsync(
            broker.Names.ScoresSubject(job.Spec.Dataset, job.Name),
            ScoredBatchCodec.Encode(scored),
            $"{scorer.Name}:{Interlocked.Increment(ref _batches)}",
            PairTraces.HeadersOf([.. batch.Traces.Select(trace => trace.Context)]),
            cancellationToken);
        passes.Scored(scored.Rows);
        PassMetrics.OnPublished(scored.Rows, batch.Traces, time.GetUnixMicroseconds());
        foreach (var delivery in batch.Deliveries)
            await held.AckAsync(delivery, cancellationToken);
    }
}
