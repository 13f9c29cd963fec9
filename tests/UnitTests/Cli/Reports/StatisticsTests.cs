using CsCheck;
using Rerank.Cli.Reports.Statistics;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Cli.Reports;

public sealed class StatisticsTests
{
    private static readonly Gen<double> Milliseconds = Gen.Int[1, 5_000_000].Select(microseconds => microseconds / 1000.0);

    [Fact]
    public void A_distribution_agrees_with_a_naive_one() => Milliseconds.List[1, 200].Sample(values =>
    {
        var distribution = Distribution.Of(values)!;

        distribution.Count.ShouldBe(values.Count);
        distribution.Mean.ShouldBe((double)NaiveArithmetic.Mean(values), 1e-8);
        distribution.Min.ShouldBe(values.Min());
        distribution.Max.ShouldBe(values.Max());
        distribution.StandardDeviation.ShouldBe(NaiveArithmetic.PopulationDeviation(values), 1e-6);
        distribution.P50.ShouldBe((double)NaiveArithmetic.Percentile(values, 50), 1e-8);
        distribution.P75.ShouldBe((double)NaiveArithmetic.Percentile(values, 75), 1e-8);
        distribution.P90.ShouldBe((double)NaiveArithmetic.Percentile(values, 90), 1e-8);
        distribution.P95.ShouldBe((double)NaiveArithmetic.Percentile(values, 95), 1e-8);
        distribution.P99.ShouldBe((double)NaiveArithmetic.Percentile(values, 99), 1e-8);
    });

    [Fact]
    public void Counted_readings_are_the_same_as_each_of_them() =>
        Gen.Select(Gen.Int[1, 50].Select(value => (double)value), Gen.Int[0, 9]).List[1, 40].Where(list => list.Any(item => item.Item2 > 0))
            .Sample(list =>
            {
                var each = Distribution.Of(list.SelectMany(item => Enumerable.Repeat(item.Item1, item.Item2)))!;
                var counted = Distribution.Of(list.Select(item => new CountedValue(item.Item1, item.Item2)))!;

                counted.Count.ShouldBe(each.Count);
                counted.Mean.ShouldBe(each.Mean, 1e-9);
                counted.StandardDeviation.ShouldBe(each.StandardDeviation, 1e-9);
                counted.P99.ShouldBe(each.P99, 1e-9);
                counted.P50.ShouldBe(each.P50, 1e-9);
            });

    [Fact]
    public void Bands_hold_every_request_once_and_the_correlation_agrees_with_a_naive_one() =>
        Gen.Select(Milliseconds, Gen.Int[1, 256]).List[3, 150].Sample(requests =>
        {
            double[] latencies = [.. requests.Select(request => request.Item1)];
            double[] throughputs = [.. requests.Select(request => request.Item2 / (request.Item1 / 1000))];
            var distribution = Distribution.Of(latencies)!;

            var analysis = LatencyAnalysis.Of(latencies, throughputs, distribution);

            analysis.Bands.Sum(band => band.Count).ShouldBe(requests.Count);
            if (analysis.Correlation is { } correlation)
                correlation.ShouldBe(NaiveArithmetic.Pearson(latencies, throughputs), 1e-6);
            var upper = throughputs.Where((_, i) => (decimal)latencies[i] >= NaiveArithmetic.Percentile(latencies, 90)).ToList();
            analysis.Bands[^1].Percentiles.ShouldBe("P90+");
            analysis.Bands[^1].Count.ShouldBe(upper.Count);
            analysis.Bands[^1].Average.ShouldBe((double)NaiveArithmetic.Mean(upper), Math.Abs(upper.Max()) * 1e-9);
        });

    [Fact]
    public void Nothing_has_no_distribution()
    {
        Distribution.Of(Array.Empty<double>()).ShouldBeNull();
        Distribution.Of([null, null]).ShouldBeNull();
    }

    [Theory]
    [InlineData(1, 12.7062)]
    [InlineData(2, 4.3027)]
    [InlineData(9, 2.2622)]
    [InlineData(31, 2.0395)]
    [InlineData(60, 2.0003)]
    [InlineData(1000, 1.9623)]
    public void Quantiles_of_student_are_those_of_the_tables(int degreesOfFreedom, double quantile) =>
        StudentT.Quantile975(degreesOfFreedom).ShouldBe(quantile, 1e-4);

    [Fact]
    public void A_spread_over_three_repeats_is_the_one_done_by_hand()
    {
        var spread = Spread.Of([10, 12, 14]);

        spread.Mean.ShouldBe(12);
        spread.StandardDeviation!.Value.ShouldBe(2);
        spread.HalfWidth95!.Value.ShouldBe(4.3027 * 2 / Math.Sqrt(3), 1e-9);
        Spread.Of([10]).HalfWidth95.ShouldBeNull();
    }

    [Fact]
    public void A_histogram_holds_every_reading() => Milliseconds.List[0, 200].Sample(values =>
        Histogram.Of([.. values.Select(value => new CountedValue(value, 1))]).Sum(bin => bin.Count) == values.Count);
}
