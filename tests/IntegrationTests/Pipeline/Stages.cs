using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Rerank.Ingest;
using Rerank.Ingest.Jobs;
using Rerank.Scorer;
using Rerank.Shared.Contracts;
using Rerank.Shared.Hosting;
using Rerank.Shared.Messaging;
using Rerank.Sink;
using Rerank.TestKit;

namespace Rerank.IntegrationTests.Pipeline;

/// <summary>A Scorer and a Sink that run, in a namespace and with an output folder of their own.</summary>
internal sealed class Stages : IAsyncDisposable
{
    private readonly string[] _broker;
    private readonly TemporaryFolder _folder;
    private readonly List<IHost> _hosts = [];

    private Stages(string[] broker, Broker connection, JobLedger ledger, TemporaryFolder folder)
    {
        _broker = broker;
        Broker = connection;
        Ledger = ledger;
        _folder = folder;
    }

    internal Broker Broker { get; }

    internal JobLedger Ledger { get; }

    internal string Output => _folder.File("out");

    internal static async Task<Stages> StartAsync(NatsServer server, CancellationToken cancellationToken, params string[] sinkSettings)
    {
        var broker = await server.ConnectAsync(NatsServer.NewNamespace());
        string[] settings = [$"--Nats:Url={server.Url}", $"--Nats:Namespace={broker.Names.Namespace}", "--Queue:MaxBytes=67108864"];
        var ledger = await JobLedger.OpenAsync(broker, cancellationToken);
        var stages = new Stages(settings, broker, ledger, TemporaryFolder.Create());
        await stages.StartHostAsync(SinkHost.Build([.. settings, $"--Sink:Output={stages.Output}", .. sinkSettings]), cancellationToken);
        await stages.StartHostAsync(ScorerHost.Build(settings), cancellationToken);
        return stages;
    }

    /// <summary>Ingests a file to its end; the exit code.</summary>
    internal async Task<int> IngestAsync(string input, string job, CancellationToken cancellationToken)
    {
        using var host = IngestHost.Build([.. _broker, $"--Ingest:Input={input}", $"--Ingest:Job={job}"]);
        var outcome = host.Services.GetRequiredService<StageOutcome>();
        await host.RunAsync(cancellationToken);
        return outcome.ExitCode;
    }

    /// <summary>Writes a source of so many pairs whose ids start with a word.</summary>
    internal string WriteSource(string word, int pairs)
    {
        var path = _folder.File($"{word}.jsonl");
        File.WriteAllLines(path, Enumerable.Range(0, pairs).Select(number => PairJson(word, number)));
        return path;
    }

    internal static string PairJson(string word, int number) =>
        $$"""{"id":"{{word}}-{{number}}","query":"rivers of region {{number % 7}}","document":"The river of region {{number}} is long."}""";

    /// <summary>Waits until the Sink says that so many rows of a job are durable.</summary>
    internal Task WaitForRowsAsync(string job, long rows, CancellationToken cancellationToken) =>
        Poll.UntilAsync(async () => (await SinkStateAsync(job, cancellationToken))?.Written >= rows, cancellationToken);

    internal Task WaitForCompletionAsync(string job, CancellationToken cancellationToken) =>
        Poll.UntilAsync(async () => (await SinkStateAsync(job, cancellationToken)) is { Complete: true }, cancellationToken);

    /// <summary>Ids of a job's rows, each as often as it is there, in order.</summary>
    internal IReadOnlyList<string> Ids(string job) =>
        [.. Duck.Query($"select id from '{Output}/scores/job={job}/*.parquet'").Select(row => (string)row[0]!).Order(StringComparer.Ordinal)];

    internal static IReadOnlyList<string> ExpectedIds(string word, int pairs) =>
        [.. Enumerable.Range(0, pairs).Select(number => $"{word}-{number}").Order(StringComparer.Ordinal)];

    public async ValueTask DisposeAsync()
    {
        // Scorer before Sink, so that what was scored is also written.
        foreach (var host in Enumerable.Reverse(_hosts))
        {
            await host.StopAsync();
            host.Dispose();
        }

        await Broker.DisposeAsync();
        _folder.Dispose();
    }

    private async Task StartHostAsync(IHost host, CancellationToken cancellationToken)
    {
        _hosts.Add(host);
        await host.StartAsync(cancellationToken);
    }

    private async Task<SinkState?> SinkStateAsync(string job, CancellationToken cancellationToken) =>
        (await Ledger.FindAsync(job, cancellationToken))?.Sink;
}
