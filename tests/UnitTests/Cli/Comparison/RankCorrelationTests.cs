using CsCheck;
using Rerank.Cli.Comparison;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Cli.Comparison;

public sealed class RankCorrelationTests
{
    [Fact]
    public void Kendall_of_cases_done_by_hand()
    {
        // Of six pairs one is discordant: (5 - 1) / 6.
        RankCorrelation.KendallTauB([1, 2, 3, 4], [1, 2, 4, 3])!.Value.ShouldBe(4.0 / 6, 1e-12);
        // One tie in the first: two concordant of three pairs, (2 - 0) / sqrt(2 × 3).
        RankCorrelation.KendallTauB([1, 1, 2], [1, 2, 3])!.Value.ShouldBe(2 / Math.Sqrt(6), 1e-12);
        RankCorrelation.KendallTauB([1, 2, 3], [3, 2, 1])!.Value.ShouldBe(-1, 1e-12);
    }

    [Fact]
    public void A_constant_series_correlates_with_nothing()
    {
        RankCorrelation.KendallTauB([1, 2], [3, 3]).ShouldBeNull();
        RankCorrelation.KendallTauB([1], [1]).ShouldBeNull();
    }

    [Fact]
    public void Kendall_equals_the_count_over_all_pairs_with_ties_and_without()
    {
        var series = Gen.Int[0, 6].Select(value => (float)value);
        Gen.Select(series, series).List[2, 40].Sample(points =>
        {
            float[] a = [.. points.Select(point => point.Item1)];
            float[] b = [.. points.Select(point => point.Item2)];
            var fast = RankCorrelation.KendallTauB(a, b);
            var slow = CountingAllPairs(a, b);
            return fast is null ? slow is null : slow is { } expected && Math.Abs(fast.Value - expected) < 1e-12;
        });
    }

    private static double? CountingAllPairs(float[] a, float[] b)
    {
        long balance = 0, differentA = 0, differentB = 0;
        for (var i = 0; i < a.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var (signA, signB) = (Math.Sign(a[i] - a[j]), Math.Sign(b[i] - b[j]));
                balance += signA * signB;
                differentA += Math.Abs(signA);
                differentB += Math.Abs(signB);
            }
        }

        return differentA == 0 || differentB == 0 ? null : balance / (Math.Sqrt(differentA) * Math.Sqrt(differentB));
    }
}
