using System.Text.Json;
using Microsoft.Extensions.Hosting;
using NATS.Client.Core;
using Rerank.Scorer;
using Rerank.Shared.Contracts;
using Rerank.Shared.Messaging;
using Rerank.Shared.Topology;
using Rerank.TestKit;

namespace Rerank.IntegrationTests.Scorer;

/// <summary>Plays Ingest and Sink around a real Scorer host, in a namespace of its own.</summary>
internal sealed class ScorerHarness : IAsyncDisposable
{
    internal const string Dataset = "dataset";
    private readonly NatsServer _server;
    private readonly List<IHost> _scorers = [];

    private ScorerHarness(NatsServer server, Broker broker)
    {
        _server = server;
        Broker = broker;
    }

    internal Broker Broker { get; }

    internal static async Task<ScorerHarness> StartAsync()
    {
        var server = await NatsServer.StartAsync();
        return new ScorerHarness(server, await server.ConnectAsync(NatsServer.NewNamespace()));
    }

    internal async Task<IHost> StartScorerAsync(string model = "builtin:lexical", params string[] settings)
    {
        var host = ScorerHost.Build(
        [
            $"--Nats:Url={_server.Url}", $"--Nats:Namespace={Broker.Names.Namespace}", $"--Scorer:Model={model}", "--Queue:MaxBytes=67108864",
            .. settings,
        ]);
        _scorers.Add(host);
        await host.StartAsync();
        return host;
    }

    internal async Task OpenJobAsync(string job, JobKind kind = JobKind.Ingested, string model = "builtin:lexical", int maxLength = 512)
    {
        await Broker.Setup.EnsurePairsConsumerAsync(job, CancellationToken.None);
        var jobs = await Broker.JobsAsync(CancellationToken.None);
        var spec = new JobSpec(job, kind, Dataset, model, maxLength, Source: null, "test");
        await jobs.TryCreateAsync(Names.SpecKey(job), spec, WireJson.Default.JobSpec, CancellationToken.None);
    }

    internal async Task PublishAsync(string job, long? ordinal, ReadOnlyMemory<byte> payload)
    {
        var headers = new NatsHeaders();
        if (ordinal is { } number)
            headers.Add(PairHeaders.Ordinal, $"{number}");
        await Broker.Publisher.PublishAsync(
            Broker.Names.PairsSubject(job), payload, Guid.NewGuid().ToString(), headers, CancellationToken.None);
    }

    internal Task PublishAsync(string job, long? ordinal, string query, string document) =>
        PublishAsync(job, ordinal, JsonSerializer.SerializeToUtf8Bytes(new { id = $"pair-{ordinal}", query, document }));

    /// <summary>Reads scored batches until so many rows have come, and acks them.</summary>
    internal async Task<IReadOnlyList<ScoredBatch>> ReadScoresAsync(int rows, CancellationToken cancellationToken)
    {
        var consumer = await Broker.Setup.EnsureScoresConsumerAsync(Dataset, cancellationToken);
        var batches = new List<ScoredBatch>();
        while (batches.Sum(batch => batch.Rows.Count) < rows)
        {
            if (await consumer.NextAsync<byte[]>(cancellationToken: cancellationToken) is not { Data: { } data } message)
                continue;
            batches.Add(ScoredBatchCodec.Decode(data));
            await message.AckAsync(cancellationToken: cancellationToken);
        }

        return batches;
    }

    internal async Task<IReadOnlyList<DeadLetter>> ReadDeadAsync(int letters, CancellationToken cancellationToken)
    {
        var consumer = await Broker.Setup.EnsureDeadConsumerAsync(Dataset, cancellationToken);
        var read = new List<DeadLetter>();
        while (read.Count < letters)
        {
            if (await consumer.NextAsync<byte[]>(cancellationToken: cancellationToken) is not { Data: { } data } message)
                continue;
            read.Add(JsonSerializer.Deserialize(data, WireJson.Default.DeadLetter)!);
            await message.AckAsync(cancellationToken: cancellationToken);
        }

        return read;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var scorer in _scorers)
        {
            await scorer.StopAsync();
            scorer.Dispose();
        }

        await Broker.DisposeAsync();
        await _server.DisposeAsync();
    }
}
