using Rerank.IntegrationTests.Compose;
using Rerank.Shared.Hosting;
using Rerank.TestKit;
using Shouldly;
using Xunit;

namespace Rerank.IntegrationTests.Telemetry;

public sealed class PrometheusTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task A_real_Prometheus_counts_what_a_run_did_and_knows_every_metric()
    {
        Assert.SkipUnless(PrometheusServer.IsInstalled, "prometheus is not on the PATH (apt-get install prometheus)");
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        using var folder = TemporaryFolder.Create();
        var samples = File.ReadAllLines(Path.Combine(Repository.Root, "samples", "pairs.jsonl"));
        await File.WriteAllLinesAsync(folder.File("pairs.jsonl"), [.. samples, "no pair"], patience.Token);
        var space = NatsServer.NewNamespace();
        int[] ports = [PrometheusServer.FreePort(), PrometheusServer.FreePort(), PrometheusServer.FreePort()];

        await using var prometheus = PrometheusServer.Start(ports);
        await using var sink = Start("Sink", 0, ("Sink__Output", folder.File("out")));
        await using var ingest = Start("Ingest", 2, ("Ingest__Input", folder.File("pairs.jsonl")), ("Ingest__Job", "j"));
        // Ingest ends with the job: it is asked while nobody scores.
        await ShouldBecomeAsync("""rerank_ingest_pairs_total{rerank_job="j"}""", samples.Length);
        await ShouldBecomeAsync("""rerank_dead_letters_total{reason="invalid_json",stage="ingest"}""", 1);
        await ShouldBecomeAsync("""rerank_job_lag{rerank_job="j"}""", samples.Length);

        await using var scorer = Start("Scorer", 1, ("Scorer__TargetLatency", "00:00:00.2"), ("Scorer__TargetThroughput", "10"));
        (await ingest.ExitAsync(patience.Token)).ShouldBe(ExitCode.DoneWithDeadLetters, ingest.Log);

        await ShouldBecomeAsync("sum(rerank_scorer_pairs_total)", samples.Length);
        await ShouldBecomeAsync("sum(rerank_request_duration_seconds_count)", samples.Length);
        await ShouldBecomeAsync("""rerank_sink_rows_total{rerank_job="j"}""", samples.Length);
        await ShouldBecomeAsync("""rerank_job_lag{rerank_job="j"}""", 0);
        await ShouldBecomeAsync("count(process_cpu_time_seconds_total > 0)", 2);

        var exported = await prometheus.MetricNamesAsync(patience.Token);
        PrometheusNames.All().Except(PrometheusNames.OfDevices).ShouldBeSubsetOf(exported);
        foreach (var (panel, query) in Dashboard.Queries())
            (await prometheus.AcceptsAsync(query, patience.Token)).ShouldBeTrue($"{panel}: {query}");

        StageProcess Start(string stage, int port, params (string Name, string Value)[] settings) => StageProcess.Start(
            stage,
            settings
                .Append(("Nats__Url", shared.Server.Url))
                .Append(("Nats__Namespace", space))
                .Append(("Queue__MaxBytes", "67108864"))
                .Append(("Telemetry__PrometheusPort", $"{ports[port]}"))
                .ToDictionary(setting => setting.Item1, setting => setting.Item2));

        async Task ShouldBecomeAsync(string query, double value)
        {
            double? last = null;
            try
            {
                await Poll.UntilAsync(async () => (last = await prometheus.QueryAsync(query, patience.Token)) is { } now && now.Equals(value), patience.Token);
            }
            catch (OperationCanceledException)
            {
                last.ShouldBe(value, query);
            }
        }
    }

    [Fact]
    public async Task A_port_that_is_taken_ends_the_stage_with_the_setting_its_value_and_what_to_do()
    {
        var port = PrometheusServer.FreePort();
        using var taken = new System.Net.HttpListener { Prefixes = { $"http://localhost:{port}/" } };
        taken.Start();

        await using var scorer = StageProcess.Start(
            "Scorer", new Dictionary<string, string> { ["Nats__Url"] = shared.Server.Url, ["Telemetry__PrometheusPort"] = $"{port}" });

        (await scorer.ExitAsync(TestContext.Current.CancellationToken)).ShouldBe(ExitCode.WrongUsage);
        scorer.Log.ShouldContain($"Telemetry__PrometheusPort is '{port}'");
    }
}
