namespace Rerank.Scorer.Batching;

/// <summary>What is asked of predictions, so that what comes of them is what the targets say. Not thread-safe.</summary>
internal sealed class TargetCorrection(BatcherOptions options)
{
    // At first, what predictions leave out (publishing, noise) must fit into the rest of the target.
    private const double FirstMargin = 0.9;
    private const double LeastMargin = 0.3;
    private const double MostMargin = 1.3;
    private const int LeastScores = 20;

    // Down slowly against the seconds over which throughput is measured, or it would swing; up sooner, since it is a floor.
    private const double PaceUp = 0.15;
    private const double PaceDown = 0.1;
    private const double MostUp = 0.03;
    private const double MostDown = 0.01;
    private const double LeastFactor = 0.9;
    private const double MostFactor = 1.5;

    /// <summary>Of the latency target, what a window may be predicted to take from receipt to score.</summary>
    internal double Margin { get; private set; } = FirstMargin;

    /// <summary>Times the throughput target, what a window must be predicted to reach.</summary>
    internal double FloorFactor { get; private set; } = 1;

    /// <summary>Once a second.</summary>
    internal void Correct(TargetReadings readings, long nowUs)
    {
        if (readings.Backlogged && readings.ReceivedP95(LeastScores, nowUs) is { } p95)
        {
            var share = p95 / options.TargetLatencyMs!.Value;
            if (share > 1)
                readings.ForgetReceived(nowUs);
            Margin = Math.Clamp(Margin * (share > 1 ? 0.95 : share < 0.9 ? 1.01 : 1), LeastMargin, MostMargin);
        }

        if (options.TargetThroughput is { } floor && readings.Busy)
        {
            var wanting = 1 - (readings.PairsPerSecond / floor);
            FloorFactor = Math.Clamp(FloorFactor * (1 + Math.Clamp((wanting > 0 ? PaceUp : PaceDown) * wanting, -MostDown, MostUp)), LeastFactor, MostFactor);
        }
    }
}
