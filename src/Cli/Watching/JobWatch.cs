using NATS.Client.Core;
using Rerank.Cli.Output;
using Rerank.Cli.Running;
using Rerank.Ingest.Jobs;
using Rerank.Shared.Messaging;

namespace Rerank.Cli.Watching;

/// <summary>Looks at a job every second, until it is complete or nobody wants to know any more.</summary>
internal sealed class JobWatch(Broker broker, string job, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly RateMeter _pairs = new(time);
    private readonly RateMeter _tokens = new(time);
    private readonly PassSizeHistory _passes = new();

    internal async Task RunAsync(IJobView view, CancellationToken cancellationToken)
    {
        var ledger = await JobLedger.OpenAsync(broker, cancellationToken);
        using var timer = new PeriodicTimer(Interval, time);
        JobReading? last = null;
        var read = time.GetTimestamp();
        do
        {
            if (await ReadAsync(ledger, cancellationToken) is { } reading)
                (last, read) = (reading, time.GetTimestamp());
            else
                last = last is null ? null : last with { Age = time.GetElapsedTime(read) };
            if (last is null)
                continue;
            view.Show(last);
            if (last.IsComplete)
                return;
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    /// <summary>Null while the broker does not answer.</summary>
    private async Task<JobReading?> ReadAsync(JobLedger ledger, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var asking = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            if (await ledger.FindAsync(job, asking.Token) is not { } status)
                return null;
            var scorers = await Heartbeats.ReadAsync(broker, asking.Token);
            return new JobReading(
                JobView.Of(status),
                scorers,
                _pairs.Rate(scorers.Sum(scorer => scorer.PairsScored)),
                _tokens.Rate(scorers.Sum(scorer => scorer.TokensScored)),
                _passes.Add(scorers));
        }
        catch (NatsException)
        {
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }
}
