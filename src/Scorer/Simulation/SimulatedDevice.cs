namespace Rerank.Scorer.Simulation;

/// <summary>A machine that scores in virtual time.</summary>
/// <param name="Name">As <c>--simulate</c> names it.</param>
/// <param name="Lanes">Forward passes side by side; the curve holds with all of them busy.</param>
/// <param name="Curve">Time of a pass.</param>
internal sealed record SimulatedDevice(string Name, int Lanes, DeviceCurve Curve)
{
    /// <summary>The Apple Silicon machine of the reference results, fitted to their batch sizes 8 to 256: one pass at a time.</summary>
    internal static SimulatedDevice Reference { get; } = new("reference", 1, new DeviceCurve(FixedMs: 30, MicrosecondsPerToken: 5.92));

    /// <summary>
    /// Two cores of a server, fitted to fp32 MiniLM-L6 on a Xeon with AVX-512: 132 pairs/s of 32 tokens alone and 85 in a pass of 128, 5.4 of
    /// 512 tokens. One pair a pass is about best; 32 rows padded to the longest cost 2 to 3 times more a pair.
    /// </summary>
    internal static SimulatedDevice Cpu { get; } = new(
        "cpu", 2, new DeviceCurve(FixedMs: 0.2, MicrosecondsPerToken: 225, PerLength: 0.0011, SpillFrom: 1_024, SpillShare: 0.1));

    /// <summary>A data-centre GPU in round figures: a million tokens a second, and 2 ms to launch a pass.</summary>
    internal static SimulatedDevice Gpu { get; } = new("gpu", 1, new DeviceCurve(FixedMs: 2, MicrosecondsPerToken: 1));

    internal static IReadOnlyList<SimulatedDevice> All { get; } = [Reference, Cpu, Gpu];
}
