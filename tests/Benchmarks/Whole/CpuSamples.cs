namespace Rerank.Benchmarks.Whole;

/// <summary>Processor time of some processes together, read now and then, with the wall clock.</summary>
internal sealed class CpuSamples
{
    private readonly List<(DateTimeOffset At, double Seconds)> _samples = [];

    internal double Total => _samples[^1].Seconds;

    internal void Add(DateTimeOffset at, double seconds) => _samples.Add((at, seconds));

    /// <summary>Used between two instants; between two readings it is taken to have risen evenly.</summary>
    internal double Between(DateTimeOffset from, DateTimeOffset until) => At(until) - At(from);

    private double At(DateTimeOffset instant)
    {
        var next = _samples.FindIndex(sample => sample.At >= instant);
        if (next < 0)
            return Total;
        var (at, seconds) = _samples[next];
        if (next == 0)
            return seconds;
        var (before, less) = _samples[next - 1];
        return less + ((seconds - less) * ((instant - before) / (at - before)));
    }
}
