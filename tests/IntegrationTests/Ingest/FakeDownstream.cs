using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using NATS.Client.JetStream;
using Rerank.Shared.Contracts;
using Rerank.Shared.Messaging;
using Rerank.Shared.Topology;

namespace Rerank.IntegrationTests.Ingest;

/// <summary>
/// Plays Scorer and Sink of one job: consumes PAIRS and DEAD, counts, and writes the Sink's state as the real one would: before it acks.
/// </summary>
internal sealed class FakeDownstream : IAsyncDisposable
{
    private readonly Broker _broker;
    private readonly KvDocuments _jobs;
    private readonly string _dataset;
    private readonly string _job;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _loops = [];
    private readonly Lock _lock = new();
    private readonly IntervalSet _done = new();
    private readonly IntervalSet _dead = new();

    private FakeDownstream(Broker broker, KvDocuments jobs, string dataset, string job)
    {
        _broker = broker;
        _jobs = jobs;
        _dataset = dataset;
        _job = job;
    }

    /// <summary>Ordinals of the pairs in the order of arrival, redeliveries too.</summary>
    internal ConcurrentQueue<long> Pairs { get; } = new();

    internal ConcurrentQueue<DeadLetter> Letters { get; } = new();

    /// <summary>Pairs to lose: acked, and never counted as done.</summary>
    internal Func<long, bool> Loses { get; init; } = _ => false;

    internal static async Task<FakeDownstream> StartAsync(Broker broker, string job, Func<long, bool>? loses = null)
    {
        var jobs = await broker.JobsAsync(CancellationToken.None);
        var downstream = new FakeDownstream(broker, jobs, "default", job) { Loses = loses ?? (_ => false) };
        await broker.Setup.EnsureScoresConsumerAsync("default", CancellationToken.None);
        var dead = await broker.Setup.EnsureDeadConsumerAsync("default", CancellationToken.None);
        var pairs = await broker.Setup.EnsurePairsConsumerAsync(job, CancellationToken.None);
        downstream._loops.Add(downstream.ConsumeAsync(pairs, downstream.OnPair));
        downstream._loops.Add(downstream.ConsumeAsync(dead, downstream.OnDead));
        return downstream;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_loops);
        _stop.Dispose();
    }

    private async Task ConsumeAsync(INatsJSConsumer consumer, Action<INatsJSMsg<byte[]>> handle)
    {
        try
        {
            while (!_stop.IsCancellationRequested)
            {
                var batch = new List<INatsJSMsg<byte[]>>();
                try
                {
                    await foreach (var message in consumer.FetchNoWaitAsync<byte[]>(new NatsJSFetchOpts { MaxMsgs = 500 }, cancellationToken: _stop.Token))
                    {
                        handle(message);
                        batch.Add(message);
                    }

                    await WriteStateAsync();
                    foreach (var message in batch)
                        await message.AckAsync(cancellationToken: _stop.Token);
                }
                catch (NATS.Client.Core.NatsException)
                {
                    // The broker is away: what was not acked comes again.
                }

                if (batch.Count == 0)
                    await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, _stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // Disposed.
        }
    }

    private void OnPair(INatsJSMsg<byte[]> message)
    {
        var ordinal = long.Parse(message.Headers![PairHeaders.Ordinal]!, CultureInfo.InvariantCulture);
        lock (_lock)
        {
            var isLost = Loses(ordinal);
            Pairs.Enqueue(ordinal);
            if (!isLost)
                _done.Add(ordinal);
        }
    }

    private void OnDead(INatsJSMsg<byte[]> message)
    {
        var letter = JsonSerializer.Deserialize(message.Data, WireJson.Default.DeadLetter)!;
        lock (_lock)
        {
            Letters.Enqueue(letter);
            if (_done.Add(letter.Ordinal!.Value))
                _dead.Add(letter.Ordinal.Value);
        }
    }

    private async Task WriteStateAsync()
    {
        var ingest = await _jobs.FindAsync(Names.IngestKey(_job), WireJson.Default.IngestState, _stop.Token);
        SinkState state;
        lock (_lock)
        {
            var complete = ingest is { Value.Total: { } total } && _done.Covers(total);
            state = new SinkState(_done.ToString(), _done.Count - _dead.Count, _dead.Count, complete, "out");
        }

        await _jobs.PutAsync(Names.SinkKey(_job), state, WireJson.Default.SinkState, _stop.Token);
    }
}
