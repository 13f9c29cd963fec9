using CsCheck;
using Rerank.Scorer.Batching;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Scorer.Batching;

public sealed class PassPlannerTests
{
    private static readonly Gen<(int TokenBudget, Waiting[] Window)> Windows = Gen.Select(
        Gen.Int[1, 2048],
        Gen.Select(Gen.Int[3, 512], Gen.Frequency((9, Gen.Const(false)), (1, Gen.Const(true)))).Array[0, 200],
        (budget, pairs) => (budget, pairs.Select((pair, number) => new Waiting(number, pair.Item1, pair.Item2)).ToArray()));

    [Fact]
    public void Every_pair_is_in_exactly_one_pass() => Windows.Sample((budget, window) =>
        Plan(budget, window).SelectMany(pass => pass.Pairs).Select(pair => pair.Number).Order()
            .ShouldBe(Enumerable.Range(0, window.Length)));

    [Fact]
    public void A_pass_of_several_pairs_stays_under_the_token_budget() => Windows.Sample((budget, window) =>
        Plan(budget, window).Where(pass => pass.Pairs.Count > 1)
            .ShouldAllBe(pass => pass.Pairs.Count * pass.Length <= budget));

    [Fact]
    public void The_length_of_a_pass_is_that_of_its_longest_pair() => Windows.Sample((budget, window) =>
        Plan(budget, window).ShouldAllBe(pass => pass.Length == pass.Pairs.Max(pair => pair.Length)));

    [Fact]
    public void A_pair_that_must_be_alone_is_alone() => Windows.Sample((budget, window) =>
        Plan(budget, window).Where(pass => pass.Pairs.Any(pair => pair.Alone))
            .ShouldAllBe(pass => pass.Pairs.Count == 1 && pass.CloseReason == CloseReason.Alone));

    [Fact]
    public void Passes_hold_neighbours_in_length_longest_first() => Windows.Sample((budget, window) =>
    {
        var passes = Plan(budget, [.. window.Where(pair => !pair.Alone)]);

        for (var i = 1; i < passes.Count; i++)
            passes[i].Length.ShouldBeLessThanOrEqualTo(passes[i - 1].Pairs.Min(pair => pair.Length));
    });

    [Fact]
    public void Every_pass_says_how_many_pairs_were_planned_together() => Windows.Sample((budget, window) =>
        Plan(budget, window).ShouldAllBe(pass => pass.Window == window.Length));

    [Fact]
    public void Where_scores_depend_on_the_pass_every_pair_is_alone() => Windows.Sample((budget, window) =>
        new PassPlanner(new BatcherOptions { OneRowAPass = true, MaxPassTokens = budget }, Cost).Plan(window)
            .ShouldAllBe(pass => pass.Pairs.Count == 1));

    private static double Cost(int rows, int length) => 1 + (rows * length);

    private static List<ForwardPass<Waiting>> Plan(int budget, Waiting[] window) =>
        [.. new PassPlanner(new BatcherOptions { MaxPassTokens = budget }, Cost).Plan(window)];
}
