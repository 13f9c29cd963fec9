using Rerank.Cli.Reports.Figures;
using Rerank.Cli.Reports.Markdown;
using Rerank.Cli.Reports.Statistics;
using Rerank.TestKit;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Cli.Reports.Seeds;

public sealed class SeedReportTests
{
    private const string FirstFormat = "000_46d82b29695877b8.txt";
    private const string Combined = "002_537194f0f6c37801.txt";

    [Theory]
    [InlineData(FirstFormat)]
    [InlineData("001_cbb8fe019f3be413.txt")]
    [InlineData(Combined)]
    [InlineData("003_cf803a7306b403a3.txt")]
    [InlineData("004_cffef6d21c10105c.txt")]
    public void A_recorded_report_renders_back_byte_for_byte(string file)
    {
        var text = Read(file);

        var rendered = file switch
        {
            FirstFormat => FormatA.Render(RecordedRun.Parse(text)),
            Combined => FormatD.Render(RecordedRuns.Parse(text)),
            _ => FormatB.Render(RecordedRun.Parse(text)),
        };

        rendered.ShouldBe(text);
    }

    [Theory]
    [InlineData(FirstFormat)]
    [InlineData("001_cbb8fe019f3be413.txt")]
    [InlineData("003_cf803a7306b403a3.txt")]
    [InlineData("004_cffef6d21c10105c.txt")]
    public void An_overall_summary_follows_from_its_rows(string file)
    {
        var report = RecordedRun.Parse(Read(file));
        var recorded = report.Overall!;

        var computed = OverallSummary.Of(report.Configurations)!;

        computed.BestThroughputAt.ShouldBe(recorded.BestThroughputAt);
        computed.BestLatencyAt.ShouldBe(recorded.BestLatencyAt);
        computed.BestPairsPerSecond.ShouldBe(recorded.BestPairsPerSecond, LastDigit(2));
        computed.BestLatencyMs.ShouldBe(recorded.BestLatencyMs, LastDigit(2));
        computed.MeanPairsPerSecond.ShouldBe(recorded.MeanPairsPerSecond, LastDigit(2));
        computed.MeanLatencyMs.ShouldBe(recorded.MeanLatencyMs, LastDigit(2));
    }

    [Fact]
    public void Each_summary_of_the_combined_report_follows_from_its_rows()
    {
        var reports = RecordedRuns.Parse(Read(Combined));

        reports.Count.ShouldBeGreaterThan(20);
        foreach (var report in reports)
        {
            var computed = OverallSummary.Of(report.Configurations);
            (computed is null).ShouldBe(report.Overall is null, report.Title);
            if (computed is null || report.Overall is null)
                continue;
            computed.BestPairsPerSecond.ShouldBe(report.Overall.BestPairsPerSecond, LastDigit(1), report.Title);
            computed.MeanPairsPerSecond.ShouldBe(report.Overall.MeanPairsPerSecond, LastDigit(1), report.Title);
            computed.MeanLatencyMs.ShouldBe(report.Overall.MeanLatencyMs, LastDigit(1), report.Title);
            computed.MeanP99LatencyMs.ShouldBe(report.Overall.MeanP99LatencyMs, LastDigit(1), report.Title);
        }
    }

    [Theory]
    [InlineData("001_cbb8fe019f3be413.txt")]
    [InlineData("003_cf803a7306b403a3.txt")]
    [InlineData("004_cffef6d21c10105c.txt")]
    public void A_dashboard_summary_follows_from_its_series(string file)
    {
        var report = RecordedRun.Parse(Read(file));
        var recorded = report.SeriesSummary!;

        var computed = SeriesSummary.Of(report.Series);

        Same(computed.DeviceMemoryMb, recorded.DeviceMemoryMb);
        Same(computed.DeviceUtilization, recorded.DeviceUtilization);
        Same(computed.CpuPercent, recorded.CpuPercent);
        Same(computed.TokenizeMs, recorded.TokenizeMs);
        Same(computed.InferenceMs, recorded.InferenceMs);
        Same(computed.QueueWaitMs, recorded.QueueWaitMs);
        Same(computed.PaddingPercent, recorded.PaddingPercent);
    }

    [Theory]
    [InlineData("001_cbb8fe019f3be413.txt")]
    [InlineData("003_cf803a7306b403a3.txt")]
    [InlineData("004_cffef6d21c10105c.txt")]
    public void Throughput_and_analysis_agree_with_the_totals(string file)
    {
        foreach (var configuration in RecordedRun.Parse(Read(file)).Configurations)
        {
            // The wall time is printed with two decimals, so that the quotient is right to a part in its last digit.
            var tolerance = configuration.PairsPerSecond!.Value * 0.005 / configuration.Seconds!.Value;
            (configuration.Pairs / configuration.Seconds.Value).ShouldBe(configuration.PairsPerSecond.Value, tolerance + LastDigit(2));
            var bands = configuration.Analysis!.Bands;
            bands.Sum(band => band.Count).ShouldBe(configuration.Pairs / configuration.Configuration.Batch!.Value);
            bands[0].Max.ShouldBe(configuration.Throughput!.Max, LastDigit(2));
            bands[^1].Min.ShouldBe(configuration.Throughput.Min, LastDigit(2));
            bands[0].ToMs!.Value.ShouldBe(configuration.Latency!.P50, LastDigit(1));
            bands[^1].FromMs!.Value.ShouldBe(configuration.Latency.P90, LastDigit(1));
        }
    }

    private static void Same(Distribution? computed, Distribution? recorded)
    {
        computed!.Mean.ShouldBe(recorded!.Mean, LastDigit(1));
        computed.Min.ShouldBe(recorded.Min, LastDigit(1));
        computed.Max.ShouldBe(recorded.Max, LastDigit(1));
        computed.P50.ShouldBe(recorded.P50, LastDigit(1));
        computed.P95.ShouldBe(recorded.P95, LastDigit(1));
    }

    /// <summary>Figures computed from rounded ones may differ by one there, and by half a one more before they are rounded.</summary>
    private static double LastDigit(int decimals) => 1.5 * Math.Pow(10, -decimals);

    private static string Read(string file)
    {
        var path = Repository.Shared($"seeds/{file}");
        Assert.SkipWhen(path is null, $"No shared/seeds/{file} beside the checkout.");
        return File.ReadAllText(path!);
    }
}
