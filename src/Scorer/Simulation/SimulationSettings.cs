namespace Rerank.Scorer.Simulation;

/// <summary>All of a run but the policy.</summary>
internal sealed record SimulationSettings(SimulatedDevice Device, IArrivals Arrivals)
{
    internal DeviceVariation Variation { get; init; } = new();

    internal PairLengths Lengths { get; init; } = PairLengths.MsMarco;

    internal Transport Transport { get; init; } = Transport.Local;

    internal TimeSpan Duration { get; init; } = TimeSpan.FromMinutes(1);

    internal int Seed { get; init; } = 1;
}
