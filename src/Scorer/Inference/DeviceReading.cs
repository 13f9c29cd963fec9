namespace Rerank.Scorer.Inference;

/// <summary>What a graphics processor says of itself; null where it says nothing.</summary>
/// <param name="MemoryMb">Memory in use, by all processes, in MiB.</param>
/// <param name="Utilization">Part of the time it was busy, 0 to 100.</param>
internal sealed record DeviceReading(double? MemoryMb, double? Utilization)
{
    internal static DeviceReading None { get; } = new(null, null);
}
