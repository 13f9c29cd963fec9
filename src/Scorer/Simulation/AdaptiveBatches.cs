using Rerank.Scorer.Batching;

namespace Rerank.Scorer.Simulation;

/// <summary>The Scorer's own batcher, as it is.</summary>
internal sealed class AdaptiveBatches(Batcher<SimulatedPair> batcher) : ISimulatedPolicy
{
    private const int LongestCalibrated = 512;

    public int PullTarget => batcher.PullTarget;

    public int Waiting => batcher.Waiting;

    public BatcherState? State => batcher.State;

    /// <summary>A batcher that has measured the device as a Scorer does at its start.</summary>
    internal static AdaptiveBatches Calibrated(SimulatedDevice device, int seed, BatcherOptions options)
    {
        var cost = new CostModel();
        var random = new Random(seed);
        var noise = new DeviceVariation { Noise = 0.03 };
        var measured = CostModel.CalibrationShapes(options.MaxPassRows, options.MaxPassTokens, LongestCalibrated)
            .Select(shape => (shape.Rows, shape.Length, Ms: device.Curve.Milliseconds(shape.Rows, shape.Length) * noise.Factor(0, random)))
            .ToList();

        // It ends when the run begins, at zero.
        var nowUs = -(long)(measured.Sum(pass => pass.Ms) * 1_000);
        foreach (var (rows, length, ms) in measured)
            cost.Observe(rows, length, ms, nowUs += (long)(ms * 1_000));
        return new AdaptiveBatches(new Batcher<SimulatedPair>(options, cost));
    }

    public void OnArrived(SimulatedPair pair, long nowUs) => batcher.OnArrived(pair, nowUs);

    public ForwardPass<SimulatedPair>? OnLaneFree(long nowUs) => batcher.OnLaneFree(nowUs);

    public void OnPassDone(ForwardPass<SimulatedPair> pass, double inferenceMs, long nowUs) => batcher.OnPassDone(pass, inferenceMs, nowUs);

    public void OnScored(SimulatedPair pair, long nowUs) => batcher.OnScored(pair.QueuedUs, pair.ReceivedUs, nowUs);
}
