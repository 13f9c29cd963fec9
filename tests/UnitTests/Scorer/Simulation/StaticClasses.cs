using System.Collections.Concurrent;
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

    // Padding is dear there, and a pass more costs nothing.
    private const int MostOnCpu = 10;

    private const int MostRows = 1_024;

    private static readonly ConcurrentDictionary<SimulationSettings, double> Least = new();

    private readonly Queue<SimulatedPair>[] _classes = [.. upTo.Select(_ => new Queue<SimulatedPair>())];
    private int _next;

    public int PullTarget => int.MaxValue;

    public int Waiting => _classes.Sum(waiting => waiting.Count);

    /// <summary>Least of the numbers of classes: p95 in milliseconds of their worst ten seconds.</summary>
    internal static double LeastP95Ms(SimulationSettings settings) => Least.GetOrAdd(settings, static settings =>
        Enumerable.Range(1, settings.Device == SimulatedDevice.Cpu ? MostOnCpu : MostClasses).Min(classes =>
            Scenario.Run(settings, new StaticClasses(LeastPadded(classes))).Windows.Max(window => window.P95Ms ?? double.PositiveInfinity)));

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
