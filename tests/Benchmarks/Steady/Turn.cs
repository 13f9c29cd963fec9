namespace Rerank.Benchmarks.Steady;

/// <summary>A turn of one system.</summary>
/// <param name="Running">From when it was let go on to when it was stopped.</param>
/// <param name="Measured">The part of it that counts.</param>
/// <param name="CpuSeconds">Of all its processes, in that part.</param>
internal sealed record Turn(Stretch Running, Stretch Measured, double CpuSeconds);
