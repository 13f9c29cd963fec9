using Microsoft.Extensions.Logging;
using Rerank.Shared.Contracts;

namespace Rerank.Shared.Messaging;

/// <summary>
/// The right to be the only one at something, held as an entry of the live bucket and renewed at a third of its age. When it cannot
/// be renewed in time <see cref="Lost"/> fires, and the holder must stop before anybody else can hold it.
/// </summary>
public sealed class Lease : IAsyncDisposable
{
    // The server removes what has expired about once a second.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(3);

    private readonly KvDocuments _live;
    private readonly string _key;
    private readonly string _holder;
    private readonly TimeSpan _age;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _lost = new();
    private readonly Task _renewal;
    private ulong _revision;

    private Lease(KvDocuments live, string key, string holder, ulong revision, TimeSpan age, TimeProvider time, ILogger logger)
    {
        _live = live;
        _key = key;
        _holder = holder;
        _revision = revision;
        _age = age;
        _time = time;
        _logger = logger;
        _renewal = RenewAsync();
    }

    /// <summary>Fires when the lease may have passed to somebody else.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>
    /// Takes the lease, also from a holder of this machine that is known to be gone; null if somebody holds it (see
    /// <see cref="HolderAsync"/>).
    /// </summary>
    /// <param name="broker">The connection.</param>
    /// <param name="key">A lease key of <see cref="Topology.Names"/>.</param>
    /// <param name="holder">Who, for messages: <see cref="LeaseHolder.Current"/>.</param>
    /// <param name="logger">Where a failed renewal is told.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public static async Task<Lease?> TryTakeAsync(
        Broker broker, string key, string holder, ILogger logger, CancellationToken cancellationToken)
    {
        var live = await broker.LiveAsync(cancellationToken);
        var taken = await live.TryCreateAsync(key, holder, WireJson.Default.String, cancellationToken)
            ?? await TryTakeOverAsync(live, key, holder, cancellationToken);
        return taken is { } revision
            ? new Lease(live, key, holder, revision, broker.Queue.LeaseAge, broker.Time, logger)
            : null;
    }

    /// <summary>Takes the lease for this process; waits for a holder that may be gone as long as its lease can outlive it.</summary>
    /// <param name="broker">The connection.</param>
    /// <param name="key">A lease key of <see cref="Topology.Names"/>.</param>
    /// <param name="onHeld">Told once if it is held: by whom, and how long that is waited for.</param>
    /// <param name="logger">Where a failed renewal is told.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>Null if the holder is alive.</returns>
    public static async Task<Lease?> TakeAsync(
        Broker broker, string key, Action<string, TimeSpan> onHeld, ILogger logger, CancellationToken cancellationToken)
    {
        var started = broker.Time.GetTimestamp();
        TimeSpan? patience = null;
        while (true)
        {
            if (await TryTakeAsync(broker, key, LeaseHolder.Current, logger, cancellationToken) is { } lease)
                return lease;
            if (broker.Time.GetElapsedTime(started) > patience)
                return null;

            if (patience is null)
            {
                patience = await AgeAsync(broker, cancellationToken) + Margin;
                onHeld(await HolderAsync(broker, key, cancellationToken) ?? "nobody any more", patience.Value);
            }

            await Task.Delay(broker.Queue.LeaseAge / 20, broker.Time, cancellationToken);
        }
    }

    /// <summary>Who holds the lease, or null.</summary>
    public static async Task<string?> HolderAsync(Broker broker, string key, CancellationToken cancellationToken)
    {
        var live = await broker.LiveAsync(cancellationToken);
        return (await live.FindAsync(key, WireJson.Default.String, cancellationToken))?.Value;
    }

    /// <summary>Gives the lease back.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _renewal;
        if (!_lost.IsCancellationRequested)
        {
            try
            {
                await _live.DeleteAsync(_key, CancellationToken.None);
            }
            catch (NATS.Client.Core.NatsException e)
            {
                // It expires by itself.
                Log.LeaseNotRenewed(_logger, _key, e.Message);
            }
        }

        _stop.Dispose();
        _lost.Dispose();
    }

    /// <summary>How long a lease outlives its holder: as the bucket was made, perhaps with other settings than this process has.</summary>
    private static async ValueTask<TimeSpan> AgeAsync(Broker broker, CancellationToken cancellationToken)
    {
        var live = await broker.KeyValue.GetStoreAsync(broker.Names.LiveBucket, cancellationToken);
        return (await live.GetStatusAsync(cancellationToken)).Info.Config.MaxAge;
    }

    private static async Task<ulong?> TryTakeOverAsync(KvDocuments live, string key, string holder, CancellationToken cancellationToken) =>
        await live.FindAsync(key, WireJson.Default.String, cancellationToken) is { } entry && LeaseHolder.IsGone(entry.Value)
            ? await live.TryUpdateAsync(key, holder, entry.Revision, WireJson.Default.String, cancellationToken)
            : null;

    private async Task RenewAsync()
    {
        var renewed = _time.GetTimestamp();
        try
        {
            // Gives up at two thirds of the age, so that the holder has the last third to stop in.
            while (_time.GetElapsedTime(renewed) < _age * 2 / 3)
            {
                await Task.Delay(_age / 6, _time, _stop.Token);
                var asked = _time.GetTimestamp();
                if (await RenewOnceAsync())
                    renewed = asked;
            }

            await _lost.CancelAsync();
        }
        catch (OperationCanceledException)
        {
            // Given back.
        }
    }

    private async ValueTask<bool> RenewOnceAsync()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        patience.CancelAfter(_age / 6);
        try
        {
            if (await _live.TryUpdateAsync(_key, _holder, _revision, WireJson.Default.String, patience.Token) is { } revision)
            {
                _revision = revision;
                return true;
            }

            Log.LeaseNotRenewed(_logger, _key, "somebody else changed it");
            return false;
        }
        catch (Exception e) when (e is NATS.Client.Core.NatsException || (e is OperationCanceledException && !_stop.IsCancellationRequested))
        {
            Log.LeaseNotRenewed(_logger, _key, e.Message);
            return false;
        }
    }
}
