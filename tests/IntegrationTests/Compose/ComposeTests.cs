using System.Text.Json;
using Rerank.Shared.Hosting;
using Rerank.TestKit;
using Shouldly;
using Xunit;

namespace Rerank.IntegrationTests.Compose;

/// <summary>No container engine is needed: what compose.yaml would run is run as plain processes, with the environment it gives them.</summary>
public sealed class ComposeTests
{
    private const string BrokerUrl = "nats://nats:4222";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private static readonly IReadOnlyDictionary<string, ComposeService> Services =
        ComposeFile.Read(Path.Combine(Repository.Root, "compose.yaml"));

    [Fact]
    public void Every_stage_is_built_from_its_own_target_of_the_Dockerfile()
    {
        var targets = File.ReadLines(Path.Combine(Repository.Root, "Dockerfile"))
            .Where(line => line.StartsWith("FROM ", StringComparison.Ordinal))
            .Select(line => line.Split(' ')[^1]);

        foreach (var stage in new[] { "ingest", "scorer", "sink" })
        {
            Services[stage].Target.ShouldBe(stage);
            targets.ShouldContain(stage);
        }
    }

    [Fact]
    public void A_job_that_has_ended_is_not_started_again_and_the_stages_that_serve_it_are() =>
        Services.ToDictionary(service => service.Key, service => service.Value.Restart).ShouldBe(
            new Dictionary<string, string>
            {
                ["nats"] = "unless-stopped",
                ["folder"] = "no",
                ["ingest"] = "no",
                ["scorer"] = "unless-stopped",
                ["sink"] = "unless-stopped",
                ["prometheus"] = "unless-stopped",
                ["grafana"] = "unless-stopped",
            },
            ignoreOrder: true);

    [Fact]
    public async Task The_processes_of_the_file_with_its_environment_write_every_sample_once()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        await using var server = await NatsServer.StartAsync();
        using var output = TemporaryFolder.Create();
        var job = Services["ingest"].Environment["Ingest__Job"];

        await using var sink = Start("sink", "Sink", server, output);
        var scorers = Enumerable.Range(0, Services["scorer"].Replicas).Select(_ => Start("scorer", "Scorer", server, output)).ToList();
        await using var ingest = Start("ingest", "Ingest", server, output);
        try
        {
            (await ExitOf(ingest, patience.Token)).ShouldBe(ExitCode.Done, $"{ingest.Log}\n{sink.Log}\n{scorers[0].Log}");

            scorers.Count.ShouldBe(2);
            foreach (var stage in scorers.Append(sink))
                new[] { ExitCode.Done, ExitCode.Interrupted }.ShouldContain(await stage.StopAsync(patience.Token), stage.Log);
        }
        finally
        {
            foreach (var scorer in scorers)
                await scorer.DisposeAsync();
        }

        RowsOf(output, job).ShouldBe(SampleRows());
        File.Exists(output.File($"scores/job={job}/_SUCCESS")).ShouldBeTrue();
        Duck.Scalar<long>($"select sum(rows_written)::bigint from '{output.Path}/batches/**/*.parquet'").ShouldBe(SampleRows().Count);
    }

    private static async Task<int> ExitOf(StageProcess process, CancellationToken patience)
    {
        try
        {
            return await process.ExitAsync(patience);
        }
        catch (OperationCanceledException)
        {
            return -1;
        }
    }

    private static StageProcess Start(string service, string stage, NatsServer server, TemporaryFolder output)
    {
        var described = Services[service];
        return StageProcess.Start(
            stage,
            described.Environment.ToDictionary(
                variable => variable.Key,
                variable => variable.Value == BrokerUrl ? server.Url : OnThisMachine(variable.Value, described, output)));
    }

    /// <summary>A path inside a mount becomes the path that is mounted there; ./out becomes the test's own folder.</summary>
    private static string OnThisMachine(string value, ComposeService service, TemporaryFolder output) =>
        service.Mounts.TryGetValue(value, out var mounted)
            ? mounted == "./out" ? output.Path : Path.GetFullPath(mounted, Repository.Root)
            : value;

    private static IReadOnlyList<(long Ordinal, string Id)> RowsOf(TemporaryFolder output, string job) =>
    [
        .. Duck.Query($"select ordinal, id from '{output.Path}/scores/job={job}/*.parquet' order by ordinal")
            .Select(row => ((long)row[0]!, (string)row[1]!)),
    ];

    private static IReadOnlyList<(long Ordinal, string Id)> SampleRows() =>
    [
        .. File.ReadLines(Path.Combine(Repository.Root, "samples", "pairs.jsonl"))
            .Select((line, i) => ((long)i, JsonDocument.Parse(line).RootElement.GetProperty("id").GetString()!)),
    ];
}
