namespace Rerank.Scorer.Simulation;

/// <summary>Time of a forward pass by its shape: <c>fixed + tokens × perToken × (1 + length × perLength) × (1 + spill × doublings past SpillFrom)</c>.</summary>
/// <param name="FixedMs">What a pass costs however small it is.</param>
/// <param name="MicrosecondsPerToken">Of a padded token.</param>
/// <param name="PerLength">Attention: how much dearer a token becomes with each token of its row.</param>
/// <param name="SpillFrom">Padded tokens that still fit into the nearest cache.</param>
/// <param name="SpillShare">How much dearer a token becomes with each doubling beyond that.</param>
internal sealed record DeviceCurve(
    double FixedMs, double MicrosecondsPerToken, double PerLength = 0, int SpillFrom = int.MaxValue, double SpillShare = 0)
{
    /// <summary>The same device, so many times as slow.</summary>
    internal DeviceCurve Times(double factor) => this with { FixedMs = FixedMs * factor, MicrosecondsPerToken = MicrosecondsPerToken * factor };

    internal double Milliseconds(int rows, int length)
    {
        var tokens = (double)rows * length;
        var spilled = 1 + (SpillShare * Math.Max(0, Math.Log2(tokens / SpillFrom)));
        return FixedMs + (tokens * MicrosecondsPerToken / 1_000 * (1 + (length * PerLength)) * spilled);
    }
}
