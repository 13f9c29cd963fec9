using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Rerank.Shared.Messaging;
using Rerank.Shared.Topology;

namespace Rerank.Sink.Intake;

/// <summary>Everything that a session hears of, one event after the other: scores, dead letters, changes of jobs, and the clock.</summary>
internal sealed class SessionIntake(
    Broker broker,
    string dataset,
    KvDocuments documents,
    UnreadableBatches unreadable,
    HeldDeliveries held,
    Gate gate,
    TimeProvider time,
    ILogger logger)
{
    private static readonly TimeSpan TickInterval = TimeSpan.FromSeconds(1);

    // Full: the intakes wait, and pull no more.
    private readonly Channel<SinkEvent> _events =
        Channel.CreateBounded<SinkEvent>(new BoundedChannelOptions(64) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true });

    /// <summary>The events until <see cref="RunAsync"/> has ended; rethrows the failure of any part.</summary>
    public IAsyncEnumerable<SinkEvent> ReadAllAsync(CancellationToken cancellationToken) => _events.Reader.ReadAllAsync(cancellationToken);

    /// <summary>Reads until <paramref name="stop"/> is cancelled, which the failure of a part does too.</summary>
    public async Task RunAsync(CancellationTokenSource stop)
    {
        var scores = new ScoresIntake(broker, dataset, unreadable, held, gate, _events.Writer, time);
        var dead = new DeadIntake(broker, dataset, held, gate, _events.Writer, time, logger);
        var jobs = new JobWatch(documents, _events.Writer);
        await Task.WhenAll(
            GuardAsync(scores.RunAsync, stop),
            GuardAsync(dead.RunAsync, stop),
            GuardAsync(token => jobs.RunAsync(Names.SpecKey("*"), token), stop),
            GuardAsync(token => jobs.RunAsync(Names.IngestKey("*"), token), stop),
            GuardAsync(TickAsync, stop));
        _events.Writer.TryComplete();
    }

    /// <summary>Keeps what was read from being delivered again; outlives <see cref="RunAsync"/>, until <paramref name="stop"/> is cancelled.</summary>
    public Task KeepAliveAsync(CancellationTokenSource stop) => GuardAsync(held.KeepAliveAsync, stop);

    /// <summary>Runs a part that must not end before the session; its failure is the session's.</summary>
    private async Task GuardAsync(Func<CancellationToken, Task> part, CancellationTokenSource all)
    {
        try
        {
            await part(all.Token);
        }
        catch (OperationCanceledException) when (all.IsCancellationRequested)
        {
            // The session ends.
        }
        catch (Exception e)
        {
            _events.Writer.TryComplete(e);
            await all.CancelAsync();
        }
    }

    private async Task TickAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TickInterval, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
            await _events.Writer.WriteAsync(new SinkEvent.Tick(), cancellationToken);
    }
}
