namespace Rerank.Scorer.Simulation;

/// <summary>How a device departs from its curve in the course of a run.</summary>
internal sealed record DeviceVariation
{
    // Long against any window, short enough that a run of an hour sees several.
    private const double DriftPeriodS = 1_200;

    /// <summary>Deviation of the logarithm of a pass's time, from pass to pass.</summary>
    internal double Noise { get; init; }

    /// <summary>Swing of the logarithm of all times, slowly up and down; 0.17 goes from 543 to 761 pairs/s.</summary>
    internal double Drift { get; init; }

    /// <summary>A time of being slower; null if there is none.</summary>
    internal SlowDown? SlowDown { get; init; }

    /// <summary>What to multiply the curve with for a pass that starts now.</summary>
    internal double Factor(long nowUs, Random random)
    {
        var drift = Drift * Math.Sin(2 * Math.PI * nowUs / (DriftPeriodS * 1e6));
        var noise = Noise == 0 ? 0 : Noise * Gaussian.Draw(random);
        return Math.Exp(drift + noise) * (SlowDown?.FactorAt(nowUs) ?? 1);
    }
}
