namespace Rerank.Scorer.Batching;

/// <summary>Hands passes to whichever lane is free first, and says when each ends.</summary>
internal sealed class LaneSchedule
{
    private readonly double[] _freeAt;

    /// <param name="lanes">How many.</param>
    /// <param name="busyMs">What is left of the passes that run, at most one a lane.</param>
    internal LaneSchedule(int lanes, ReadOnlySpan<double> busyMs)
    {
        _freeAt = new double[lanes];
        busyMs[..Math.Min(lanes, busyMs.Length)].CopyTo(_freeAt);
    }

    /// <summary>When the last lane is done, milliseconds from now.</summary>
    internal double Makespan => _freeAt.Max();

    /// <returns>When the pass ends, milliseconds from now.</returns>
    internal double Add(double ms)
    {
        var first = 0;
        for (var lane = 1; lane < _freeAt.Length; lane++)
        {
            if (_freeAt[lane] < _freeAt[first])
                first = lane;
        }

        return _freeAt[first] += ms;
    }
}
