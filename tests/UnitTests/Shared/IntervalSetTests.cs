using CsCheck;
using Rerank.Shared.Contracts;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Shared;

public sealed class IntervalSetTests
{
    private static readonly Gen<(bool Add, long First, long Length)[]> Steps =
        Gen.Select(Gen.Bool, Gen.Long[0, 60], Gen.Long[0, 9]).Array[0, 80];

    [Fact]
    public void Behaves_like_a_set_of_ordinals_under_any_steps() => Steps.Sample(steps =>
    {
        var (set, model) = Apply(steps);

        set.Count.ShouldBe(model.Count);
        Ordinals(set.Intervals).ShouldBe(model);
        for (var ordinal = 0L; ordinal < 75; ordinal++)
            set.Contains(ordinal).ShouldBe(model.Contains(ordinal));
    });

    [Fact]
    public void Intervals_are_sorted_and_never_touch() => Steps.Sample(steps =>
    {
        var (set, _) = Apply(steps);

        for (var i = 1; i < set.Intervals.Count; i++)
            set.Intervals[i].First.ShouldBeGreaterThan(set.Intervals[i - 1].Last + 1);
    });

    [Fact]
    public void Missing_is_the_complement() => Gen.Select(Steps, Gen.Long[0, 75]).Sample((steps, total) =>
    {
        var (set, model) = Apply(steps);

        Ordinals(set.Missing(total)).ShouldBe(AllBelow(total).Where(ordinal => !model.Contains(ordinal)));
        set.Covers(total).ShouldBe(!set.Missing(total).Any());
    });

    [Fact]
    public void Text_is_read_back_as_the_same_set() => Steps.Sample(steps =>
    {
        var (set, _) = Apply(steps);

        var read = IntervalSet.Parse(set.ToString());

        read.Intervals.ShouldBe(set.Intervals);
        read.Count.ShouldBe(set.Count);
    });

    [Theory]
    [InlineData("1-")]
    [InlineData("-1")]
    [InlineData("3-2")]
    [InlineData("a")]
    [InlineData("1,,2")]
    public void Text_that_is_no_list_of_intervals_is_refused(string text) =>
        Should.Throw<FormatException>(() => IntervalSet.Parse(text)).Message.ShouldContain("is not an interval");

    private static IEnumerable<long> AllBelow(long total)
    {
        for (var ordinal = 0L; ordinal < total; ordinal++)
            yield return ordinal;
    }

    private static (IntervalSet Set, SortedSet<long> Model) Apply((bool Add, long First, long Length)[] steps)
    {
        var set = new IntervalSet();
        var model = new SortedSet<long>();
        foreach (var (add, first, length) in steps)
        {
            if (add && length == 0)
                set.Add(first).ShouldBe(model.Add(first));
            else if (add)
                set.AddRange(first, first + length);
            else
                set.Remove(first).ShouldBe(model.Remove(first));
            if (add)
                model.UnionWith(Enumerable.Range(0, (int)length + 1).Select(offset => first + offset));
        }

        return (set, model);
    }

    private static IEnumerable<long> Ordinals(IEnumerable<Interval> intervals) =>
        intervals.SelectMany(interval => Enumerable.Range(0, (int)interval.Count).Select(offset => interval.First + offset));
}
