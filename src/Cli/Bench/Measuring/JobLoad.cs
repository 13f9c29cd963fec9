using Rerank.Cli.Reports.Recording;
using Rerank.Ingest.Jobs;
using Rerank.Scorer.Simulation;
using Rerank.Shared.Contracts;
using Rerank.Shared.Messaging;

namespace Rerank.Cli.Bench.Measuring;

/// <summary>Sends one configuration's requests as one published job, and takes their times. Times are of one monotonic clock.</summary>
internal sealed class JobLoad(Broker broker, JobLedger ledger, JobSpec spec, Answers answers, TimeProvider time)
{
    // Publishes in flight while a backlog is laid up: more gain nothing, and would have to be held in memory.
    private const int BacklogInFlight = 256;

    private readonly List<RequestRow> _rows = [];
    private readonly Lock _adding = new();
    private long _began;
    private DateTimeOffset _beganAt;

    /// <summary>Returns when all requests are answered.</summary>
    internal async Task<IReadOnlyList<RequestRow>> RunAsync(LoadShape shape, GridPoint point, int seed, CancellationToken cancellationToken)
    {
        await (shape switch
        {
            LoadShape.Open => RunOpenAsync(point, seed, cancellationToken),
            LoadShape.Backlog => RunBacklogAsync(point, cancellationToken),
            _ => RunClosedAsync(point, cancellationToken),
        });
        return [.. _rows.OrderBy(row => row.Request)];
    }

    /// <summary>Each caller sends its next request when it has the answer to the last.</summary>
    private async Task RunClosedAsync(GridPoint point, CancellationToken cancellationToken)
    {
        await OpenJobAsync(cancellationToken);
        Begin();
        var sent = 0;
        await Task.WhenAll(Enumerable.Range(0, point.Callers!.Value).Select(_ => CallAsync()));

        async Task CallAsync()
        {
            while (Interlocked.Increment(ref sent) is var number && number <= point.Requests)
                await AskAsync(number - 1, point.Batch, time.GetTimestamp(), cancellationToken);
        }
    }

    /// <summary>Requests are due at times drawn beforehand. A late sender hides nothing: latency counts from then.</summary>
    private async Task RunOpenAsync(GridPoint point, int seed, CancellationToken cancellationToken)
    {
        await OpenJobAsync(cancellationToken);
        var dueSeconds = Simulator.DueSeconds(point.Rate!.Value, point.Batch, point.Requests, new Random(seed)).ToList();
        var asked = new List<Task>();
        Begin();
        foreach (var (number, seconds) in dueSeconds.Index())
        {
            var due = _began + (long)(seconds * time.TimestampFrequency);
            if (time.GetElapsedTime(time.GetTimestamp(), due) is { Ticks: > 0 } wait)
                await Task.Delay(wait, time, cancellationToken);
            asked.Add(AskAsync(number, point.Batch, due, cancellationToken));
        }

        await Task.WhenAll(asked);
    }

    /// <summary>Everything is in the queue before a Scorer knows of the job.</summary>
    private async Task RunBacklogAsync(GridPoint point, CancellationToken cancellationToken)
    {
        await broker.Setup.EnsurePairsConsumerAsync(spec.Job, cancellationToken);
        var requests = Enumerable.Range(0, point.Requests).Select(number => (Number: number, Open: answers.Open(number, point.Batch))).ToList();
        await Parallel.ForEachAsync(
            requests,
            new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, BacklogInFlight / point.Batch), CancellationToken = cancellationToken },
            async (request, token) => await SendAsync(request.Number, point.Batch, token));
        Begin();
        await OpenJobAsync(cancellationToken);
        await Task.WhenAll(requests.Select(request => AnsweredAsync(request.Number, point.Batch, _began, request.Open, cancellationToken)));
    }

    private Task<string> OpenJobAsync(CancellationToken cancellationToken) =>
        ledger.OpenPublishedAsync(spec.Job, spec.Dataset, spec.Model, spec.MaxLength, cancellationToken);

    private void Begin()
    {
        _beganAt = time.GetUtcNow();
        _began = time.GetTimestamp();
    }

    private async Task AskAsync(int number, int pairs, long sent, CancellationToken cancellationToken)
    {
        var open = answers.Open(number, pairs);
        await SendAsync(number, pairs, cancellationToken);
        await AnsweredAsync(number, pairs, sent, open, cancellationToken);
    }

    private async Task SendAsync(int number, int pairs, CancellationToken cancellationToken)
    {
        var subject = broker.Names.PairsSubject(spec.Job);
        await Task.WhenAll(BenchWorkload.Pairs(number, pairs).Select(pair => broker.Publisher.PublishAsync(
            subject, pair.Message, $"{spec.Job}:{pair.Id}", headers: null, cancellationToken).AsTask()));
    }

    private async Task AnsweredAsync(int number, int pairs, long sent, OpenRequest open, CancellationToken cancellationToken)
    {
        var answered = await open.Answered.WaitAsync(cancellationToken);
        var sentMs = time.GetElapsedTime(_began, sent).TotalMilliseconds;
        var latencyMs = time.GetElapsedTime(sent, answered).TotalMilliseconds;
        var sentAt = _beganAt.AddMilliseconds(sentMs);
        lock (_adding)
            _rows.Add(new RequestRow(number, spec.Job, pairs, sentAt, sentAt.AddMilliseconds(latencyMs), sentMs, latencyMs));
    }
}
