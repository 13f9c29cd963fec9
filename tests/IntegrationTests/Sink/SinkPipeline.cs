using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Rerank.Shared.Contracts;
using Rerank.Shared.Hosting;
using Rerank.Shared.Messaging;
using Rerank.Shared.Topology;
using Rerank.Sink;
using Rerank.TestKit;
using Shouldly;

namespace Rerank.IntegrationTests.Sink;

/// <summary>What surrounds a Sink: a broker, an output folder, and the parts of Ingest and Scorer that it hears of.</summary>
internal sealed class SinkPipeline : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly NatsServer _server;
    private readonly CancellationTokenSource _patience = new(Patience);
    private int _messages;

    private SinkPipeline(NatsServer server, Broker broker, KvDocuments documents)
    {
        _server = server;
        Broker = broker;
        Documents = documents;
    }

    public Broker Broker { get; }

    public KvDocuments Documents { get; }

    public NatsServer Server => _server;

    public TemporaryFolder Output { get; } = TemporaryFolder.Create();

    public string Dataset { get; init; } = "ds";

    public CancellationToken Token => _patience.Token;

    public string ScoresGlob => $"read_parquet('{Output.Path}/scores/*/*.parquet', hive_partitioning = true)";

    public string BatchesGlob => $"read_parquet('{Output.Path}/batches/*/*.parquet')";

    public static async Task<SinkPipeline> StartAsync()
    {
        var server = await NatsServer.StartAsync();
        var broker = await server.ConnectAsync(
            NatsServer.NewNamespace(), new QueueOptions { MaxBytes = 64 << 20, LeaseAge = TimeSpan.FromSeconds(3) });
        return new SinkPipeline(server, broker, await broker.JobsAsync(CancellationToken.None));
    }

    public string[] Arguments(params string[] more) =>
    [
        $"--Nats:Url={_server.Url}", $"--Nats:Namespace={Broker.Names.Namespace}", $"--Sink:Output={Output.Path}", $"--Sink:Dataset={Dataset}",
        "--Queue:LeaseAge=00:00:03", .. more,
    ];

    public Task<IHost> RunSinkAsync(params string[] more) => RunSinkAsync(_ => { }, more);

    public async Task<IHost> RunSinkAsync(Action<HostApplicationBuilder> compose, params string[] more)
    {
        var host = SinkHost.Build(Arguments(more), compose);
        await host.StartAsync(Token);
        return host;
    }

    public static async Task<int> StopAsync(IHost host)
    {
        await host.StopAsync();
        var exitCode = ExitCodeOf(host);
        host.Dispose();
        return exitCode;
    }

    public static int ExitCodeOf(IHost host) => host.Services.GetRequiredService<StageOutcome>().ExitCode;

    /// <summary>The executable, as it is deployed.</summary>
    public Process StartSinkProcess(params string[] more) => Process.Start(Repository.Program("Sink", Arguments(more)))!;

    public async Task OpenJobAsync(string job, JobKind kind = JobKind.Ingested, string model = "builtin:lexical") =>
        (await Documents.TryCreateAsync(
            Names.SpecKey(job), new JobSpec(job, kind, Dataset, model, 512, null, "0.1.0"), WireJson.Default.JobSpec, Token)).ShouldNotBeNull();

    public ValueTask SetIngestAsync(string job, long? total = null, bool closed = false) =>
        Documents.PutAsync(
            Names.IngestKey(job), new IngestState("run", total ?? 0, 0, 1, 0, total, closed, 0), WireJson.Default.IngestState, Token);

    public Task PublishAsync(ScoredBatch batch) => PublishScoresAsync(batch.Job, ScoredBatchCodec.Encode(batch));

    public async Task PublishScoresAsync(string job, byte[] payload) =>
        await Broker.Publisher.PublishAsync(
            Broker.Names.ScoresSubject(Dataset, job), payload, $"test:{Interlocked.Increment(ref _messages)}", null, Token);

    /// <summary>Ordinals of [first, last] in batches of a few.</summary>
    public async Task PublishRangeAsync(string job, long first, long last, string scorer = "s", int size = 10, long epoch = 0)
    {
        for (var from = first; from <= last; from += size)
            await PublishAsync(ScoredBatches.Of(job, $"{scorer}-{from}", epoch, Ordinals(from, Math.Min(last, from + size - 1))));
    }

    public async Task PublishLetterAsync(string job, long ordinal, DeadLetterKind kind = DeadLetterKind.Letter)
    {
        var letter = DeadLetter.For(
            job, new PairIdentity(0, ordinal), DeadReason.InvalidJson, "not JSON", "ingest", "in.jsonl:1", "x"u8) with
        { Kind = kind };
        await Broker.Publisher.PublishAsync(
            Broker.Names.DeadSubject(Dataset, job),
            JsonSerializer.SerializeToUtf8Bytes(letter, WireJson.Default.DeadLetter),
            $"test:{Interlocked.Increment(ref _messages)}",
            null,
            Token);
    }

    /// <summary>Waits until the Sink has told a state of the job that satisfies the condition.</summary>
    public async Task<SinkState> WaitForAsync(string job, Func<SinkState, bool> condition)
    {
        await foreach (var _ in Documents.WatchKeysAsync(Names.SinkKey(job), Token))
        {
            if (await Documents.FindAsync(Names.SinkKey(job), WireJson.Default.SinkState, Token) is { Value: var state } && condition(state))
                return state;
        }

        throw new TimeoutException($"No such state of {job} came within {Patience}.");
    }

    public Task<SinkState> WaitForCompleteAsync(string job) => WaitForAsync(job, state => state.Complete);

    /// <summary>Checks that the dataset has each of [0, total) once, and timings for all of them.</summary>
    public void ShouldHoldExactly(string job, long total)
    {
        Duck.Query($"SELECT ordinal FROM {ScoresGlob} WHERE job = '{job}' ORDER BY 1").Select(row => (long)row[0]!).ShouldBe(Ordinals(0, total - 1));
        Duck.Scalar<long>($"SELECT sum(rows_written)::BIGINT FROM {BatchesGlob} WHERE job = '{job}'").ShouldBe(total);
    }

    public static long[] Ordinals(long first, long last)
    {
        var ordinals = new long[last - first + 1];
        for (var i = 0; i < ordinals.Length; i++)
            ordinals[i] = first + i;
        return ordinals;
    }

    public async ValueTask DisposeAsync()
    {
        await Broker.DisposeAsync();
        await _server.DisposeAsync();
        Output.Dispose();
        _patience.Dispose();
    }
}
