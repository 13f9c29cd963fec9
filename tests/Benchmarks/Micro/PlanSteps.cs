using Rerank.Scorer.Batching;
using Rerank.Scorer.Simulation;

namespace Rerank.Benchmarks.Micro;

/// <summary>
/// Planning a full window of MS MARCO's lengths for two lanes. Costs are forgotten before each plan, as they are while passes teach new ones.
/// </summary>
internal static class PlanSteps
{
    private const int Window = 2048;
    private const int Lanes = 2;
    private const int Plans = 20;

    internal static IEnumerable<string> Lines()
    {
        var random = new Random(1);
        var window = Enumerable.Range(0, Window).Select(_ => new Row(PairLengths.MsMarco.Draw(random))).ToArray();
        var bounds = new BatcherOptions { Lanes = Lanes, MaxPassTokens = Scorer.BatchingSettings.MostCpuPassTokens };
        var planner = new PassPlanner(bounds, new CostModel().Predict);
        var allMs = planner.Plan(window).Passes.Sum(pass => pass.PredictedMs) / Lanes;

        yield return Plan("plan a window of 2,048, no deadlines", []);
        yield return Plan("the same, deadlines that all can be kept", Deadlines(2 * allMs, 3 * allMs));
        yield return Plan("the same, deadlines from now to the end of all passes", Deadlines(0, allMs));

        string Plan(string step, double[] deadlines) => CpuMedian.Row(step, "window", Plans, () =>
        {
            for (var i = 0; i < Plans; i++)
            {
                planner.Forget();
                planner.Plan(window, drift: 1, busyMs: [], deadlines);
            }
        });
    }

    /// <summary>Milliseconds from now, the oldest pair's first.</summary>
    private static double[] Deadlines(double first, double last) =>
        [.. Enumerable.Range(0, Window).Select(i => first + ((last - first) * i / Window))];

    private sealed record Row(int Length) : IBatchable
    {
        public bool Alone => false;

        public long QueuedUs => 0;

        public long ReceivedUs => 0;
    }
}
