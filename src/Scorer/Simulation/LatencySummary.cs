namespace Rerank.Scorer.Simulation;

/// <summary>Latencies in milliseconds.</summary>
public sealed record LatencySummary(double Mean, double P50, double P95, double P99, double Max)
{
    internal static LatencySummary Of(IEnumerable<double> milliseconds)
    {
        var sorted = milliseconds.ToArray();
        Array.Sort(sorted);
        return sorted.Length == 0
            ? new LatencySummary(0, 0, 0, 0, 0)
            : new LatencySummary(sorted.Average(), At(0.5), At(0.95), At(0.99), sorted[^1]);

        double At(double share) => sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)];
    }
}
