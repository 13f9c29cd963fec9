using Rerank.Scorer.Batching;
using Rerank.Scorer.Simulation;

namespace Rerank.UnitTests.Scorer.Simulation;

/// <summary>
/// Fixed classes of lengths with the least padding, served in turn, each pass all that waits of its class: the best that was found for a
/// device and a load that are known and do not change. What it reaches is what is called feasible.
/// </summary>
internal sealed class StaticClasses(int[] upTo) : ISimulatedPolicy
{
    private const int MostClasses = 5;
    private const int MostRows = 1_024;

    private readonly Queue<SimulatedPair>[] _classes = [.. upTo.Select(_ => new Queue<SimulatedPair>())];
    private int _next;

    public int PullTarget => int.MaxValue;

    public int Waiting => _classes.Sum(waiting => waiting.Count);

    /// <summary>Least p95 in milliseconds over all numbers of classes, with a device that is slower by a factor.</summary>
    internal static double LeastP95Ms(SimulatedDevice device, double rate, double slower) =>
        Enumerable.Range(1, MostClasses).Min(classes => Scenario.Run(
            Scenario.On(device, new PoissonArrivals(rate), device == SimulatedDevice.Gpu ? 30 : 60) with
            {
                Variation = new DeviceVariation { Noise = 0.03, SlowDown = new SlowDown(slower, TimeSpan.Zero, TimeSpan.MaxValue) },
            },
            new StaticClasses(LeastPadded(classes))).Latency.P95);

    public void OnArrived(SimulatedPair pair, long nowUs) => _classes[Array.FindIndex(upTo, most => pair.Length <= most)].Enqueue(pair);

    public ForwardPass<SimulatedPair>? OnLaneFree(long nowUs)
    {
        for (var turn = 0; turn < _classes.Length; turn++)
        {
            var waiting = _classes[_next];
            _next = (_next + 1) % _classes.Length;
            if (waiting.Count > 0)
                return UnplannedPass.Of([.. Enumerable.Range(0, Math.Min(waiting.Count, MostRows)).Select(_ => waiting.Dequeue())]);
        }

        return null;
    }

    /// <summary>Greatest lengths of so many classes, found with the planner's own cuts: a pass costs the less, the more may be cut.</summary>
    private static int[] LeastPadded(int classes)
    {
        var random = new Random(1);
        var lengths = Enumerable.Range(0, 2_048).Select(_ => PairLengths.MsMarco.Draw(random)).ToArray();
        var options = new BatcherOptions { MaxPassRows = 2_048, MaxWindow = 2_048, MaxPassTokens = int.MaxValue };
        var (low, high) = (0.0, 1e7);
        IReadOnlyList<int> best = [];
        for (var step = 0; step < 30 && best.Count != classes; step++)
        {
            var tokensAPass = (low + high) / 2;
            best = new PassPlanner(options, (rows, length) => tokensAPass + (rows * length)).Outline([.. lengths]).Lengths;
            (low, high) = best.Count > classes ? (tokensAPass, high) : (low, tokensAPass);
        }

        var upTo = best.Reverse().ToArray();
        upTo[^1] = int.MaxValue;
        return upTo;
    }
}
