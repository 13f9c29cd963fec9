using Rerank.Cli.Reports.Figures;
using Rerank.Cli.Reports.Reading;
using Rerank.Cli.Reports.Recording;
using Rerank.Shared.Hosting;
using Rerank.TestKit;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Cli.Reports;

public sealed class ReportReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = TemporaryFolder.Create();

    [Fact]
    public async Task Aggregates_are_those_of_a_naive_recomputation()
    {
        var bench = new GeneratedBench(_folder.Path);
        await bench.WriteAsync(GeneratedBench.Run("grid", configurations: GeneratedBench.Grid([8, 32], [1, 4])));

        var report = ReportReader.Read(_folder.Path).Single();

        report.Configurations.Count.ShouldBe(4);
        foreach (var configuration in report.Configurations)
        {
            var requests = bench.Requests.Where(request => request.Measurement.Configuration == configuration.Configuration.Index).ToList();
            var latencies = requests.Select(request => request.Row.LatencyMs).ToList();
            var throughputs = requests.Select(request => request.Row.Pairs / (request.Row.LatencyMs / 1000)).ToList();
            var seconds = requests.GroupBy(request => request.Measurement.Repeat)
                .Sum(repeat => repeat.Max(request => request.Row.SentMs + request.Row.LatencyMs) / 1000);
            var pairs = requests.Sum(request => request.Row.Pairs);

            configuration.Requests.ShouldBe(80);
            configuration.Pairs.ShouldBe(pairs);
            configuration.Seconds!.Value.ShouldBe(seconds, 1e-9);
            configuration.PairsPerSecond!.Value.ShouldBe(pairs / seconds, 1e-9);
            configuration.Latency!.Mean.ShouldBe((double)NaiveArithmetic.Mean(latencies), 1e-9);
            configuration.Latency.P95.ShouldBe((double)NaiveArithmetic.Percentile(latencies, 95), 1e-9);
            configuration.Latency.StandardDeviation.ShouldBe(NaiveArithmetic.PopulationDeviation(latencies), 1e-6);
            configuration.Throughput!.P50.ShouldBe((double)NaiveArithmetic.Percentile(throughputs, 50), 1e-8);
            configuration.Analysis!.Correlation!.Value.ShouldBe(NaiveArithmetic.Pearson(latencies, throughputs), 1e-9);
            configuration.RepeatedPairsPerSecond!.Values.Count.ShouldBe(2);
            configuration.RepeatedPairsPerSecond.HalfWidth95.ShouldNotBeNull();
        }
    }

    [Fact]
    public async Task Percentiles_are_those_of_DuckDB()
    {
        await new GeneratedBench(_folder.Path).WriteAsync(GeneratedBench.Run("one", configurations: GeneratedBench.Grid([16], [3])));

        var configuration = ReportReader.Read(_folder.Path).Single().Configurations.Single();

        var row = Duck.Query(
            "select quantile_cont(latency_ms, 0.99), stddev_pop(latency_ms), corr(latency_ms, pairs / latency_ms) "
            + $"from '{_folder.File("requests/*.parquet")}'").Single();
        configuration.Latency!.P99.ShouldBe((double)row[0]!, 1e-9);
        configuration.Latency.StandardDeviation.ShouldBe((double)row[1]!, 1e-9);
        configuration.Analysis!.Correlation!.Value.ShouldBe((double)row[2]!, 1e-9);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Stages_explain_the_latency_of_requests_but_for_the_way_there_and_back(bool withScores)
    {
        await new GeneratedBench(_folder.Path).WriteAsync(
            GeneratedBench.Run("stages", configurations: GeneratedBench.Grid([32], [1, 4])), withScores: withScores);

        foreach (var configuration in ReportReader.Read(_folder.Path).Single().Configurations)
        {
            var stages = configuration.Stages!;
            stages.LatencyMs.ShouldBe(configuration.Latency!.Mean, 1e-6);
            stages.BrokerMs!.Value.ShouldBe(GeneratedBench.BrokerMs, 0.5);
            stages.TokenizeMs!.Value.ShouldBe(GeneratedBench.TokenizeMs, 1e-9);
            stages.PublishMs!.Value.ShouldBe(GeneratedBench.PublishMs, 0.5);
            stages.OtherMs!.Value.ShouldBe(GeneratedBench.SendMs + GeneratedBench.AnswerMs, 0.5);
            stages.ExplainedShare!.Value.ShouldBeGreaterThan(0.9);
        }
    }

    [Fact]
    public async Task Passes_are_counted_and_padding_is_weighted_by_tokens()
    {
        await new GeneratedBench(_folder.Path).WriteAsync(GeneratedBench.Run("passes", configurations: GeneratedBench.Grid([8], [2])));

        var passes = ReportReader.Read(_folder.Path).Single().Configurations.Single().Passes!;

        var expected = Duck.Query(
            $"select count(*), 1 - sum(tokens_real) / sum(tokens_padded) from '{_folder.File("batches/*.parquet")}'").Single();
        passes.Passes.ShouldBe((long)expected[0]!);
        passes.PaddingWaste!.Value.ShouldBe(Convert.ToDouble(expected[1]), 1e-12);
        passes.Sizes.ShouldBe([new SizeCount(8, 80)]);
        passes.CloseReasons.Sum(reason => reason.Passes).ShouldBe(80);
    }

    [Fact]
    public async Task A_series_holds_every_pair_once_and_no_reading_where_there_is_none()
    {
        await new GeneratedBench(_folder.Path).WriteAsync(GeneratedBench.Run("series", configurations: GeneratedBench.Grid([8, 16], [2])));

        var report = ReportReader.Read(_folder.Path).Single();

        report.Series.Sum(row => (row.PairsPerSecond ?? 0) * report.SeriesStep).ShouldBe(80 * (8 + 16), 1e-6);
        report.Series.Select(row => row.Index).ShouldBe(Enumerable.Range(0, report.Series.Count));
        report.Series.ShouldAllBe(row => row.DeviceMemoryMb == null && row.DeviceUtilization == null);
        report.SeriesSummary!.DeviceMemoryMb.ShouldBeNull();
        report.SeriesSummary.CpuPercent!.Mean.ShouldBeInRange(90, 100);
    }

    [Fact]
    public async Task A_step_in_which_nothing_was_answered_is_a_row_of_0_and_not_left_out()
    {
        var generated = new GeneratedBench(_folder.Path);
        var run = GeneratedBench.Run("gap", configurations: [new ConfigurationRecord { Index = 1, Batch = 8, OfferedRate = 2 }]);
        await generated.WriteAsync(run, requests: 20, repeats: 1);

        var report = ReportReader.Read(_folder.Path).Single();

        var seconds = generated.Requests.Max(request => request.Row.SentMs + request.Row.LatencyMs) / 1000;
        report.Series.Count.ShouldBe((int)(seconds / report.SeriesStep) + 1);
        report.Series.ShouldContain(row => row.PairsPerSecond == 0 && row.LatencyMs == null);
    }

    [Fact]
    public async Task A_configuration_without_requests_is_an_error_with_its_reason()
    {
        var run = GeneratedBench.Run("broken", configurations: GeneratedBench.Grid([8], [1]));
        await new GeneratedBench(_folder.Path).WriteAsync(run);
        new BenchOutput(_folder.Path).Write(run with
        {
            Configurations = [.. run.Configurations, new ConfigurationRecord { Index = 2, Batch = 4096, Concurrency = 1 }],
            Failures = [new FailureRecord(2, 1, "out of memory")],
        });

        var report = ReportReader.Read(_folder.Path).Single();

        report.Configurations[1].Error.ShouldBe("out of memory");
        report.Overall!.MeanPairsPerSecond.ShouldBe(report.Configurations[0].PairsPerSecond!.Value, 1e-9);
    }

    [Fact]
    public async Task An_open_loop_sweep_has_a_saturation_point()
    {
        ConfigurationRecord[] rates = [.. new[] { 50.0, 100, 1000, 2000 }.Select((rate, i) =>
            new ConfigurationRecord { Index = i + 1, Batch = 8, OfferedRate = rate })];
        await new GeneratedBench(_folder.Path).WriteAsync(GeneratedBench.Run("open", configurations: rates), requests: 400, repeats: 1);

        var saturation = ReportReader.Read(_folder.Path).Single().Saturation!;

        saturation.OverloadedRate.ShouldBe(1000);
        saturation.HighestPairsPerSecond.ShouldBeInRange(150, 300);
    }

    [Fact]
    public async Task A_dataset_without_requests_reports_its_pairs_and_says_so()
    {
        await new GeneratedBench(_folder.Path).WriteAsync(GeneratedBench.Run("plain", configurations: GeneratedBench.Grid([8], [1])), repeats: 1);
        Directory.Delete(_folder.File("runs"), recursive: true);
        Directory.Delete(_folder.File("requests"), recursive: true);

        var report = ReportReader.Read(_folder.Path).Single();

        report.LatencyOf.ShouldBe(ReportReader.OfPairs);
        report.Title.ShouldBe("plain-1-1-1 [job plain-1-1-1, real]");
        var configuration = report.Configurations.Single();
        configuration.Pairs.ShouldBe(320);
        configuration.Latency!.Count.ShouldBe(320);
        configuration.Analysis.ShouldBeNull();
        configuration.Stages!.ExplainedShare!.Value.ShouldBe(1, 0.02);
    }

    [Fact]
    public async Task A_dataset_of_batches_alone_reports_its_passes()
    {
        await new GeneratedBench(_folder.Path).WriteAsync(
            GeneratedBench.Run("batches", configurations: GeneratedBench.Grid([8], [1])), repeats: 1, withScores: false);
        Directory.Delete(_folder.File("runs"), recursive: true);
        Directory.Delete(_folder.File("requests"), recursive: true);

        var report = ReportReader.Read(_folder.Path).Single();

        report.LatencyOf.ShouldBe(ReportReader.OfPasses);
        report.Configurations.Single().Pairs.ShouldBe(320);
        report.Configurations.Single().Stages!.ExplainedShare!.Value.ShouldBe(1, 1e-9);
    }

    [Fact]
    public void A_folder_without_tables_is_refused() =>
        Should.Throw<StageFailedException>(() => ReportReader.Read(_folder.Path)).Message.ShouldContain("There is no Parquet file under");

    [Fact]
    public void A_folder_that_is_not_there_is_refused() =>
        Should.Throw<StageFailedException>(() => ReportReader.Read(_folder.File("none"))).ExitCode.ShouldBe(ExitCode.WrongUsage);

    [Fact]
    public void A_record_that_is_no_json_is_named()
    {
        Directory.CreateDirectory(_folder.File("runs"));
        File.WriteAllText(_folder.File("runs/x.json"), "{");

        Should.Throw<StageFailedException>(() => ReportReader.Read(_folder.Path)).Message.ShouldContain("x.json");
    }

    public void Dispose() => _folder.Dispose();
}
