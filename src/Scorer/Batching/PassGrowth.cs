namespace Rerank.Scorer.Batching;

/// <summary>
/// How many times as many pairs a planned pass has in the end, because others join it while it waits for its lane. A plan that does not
/// expect them has too few passes, each too wide. Not thread-safe.
/// </summary>
internal sealed class PassGrowth
{
    private const double Weight = 0.1;
    private const double Most = 3;

    // Coarse, since every change makes the planner calculate its tables again.
    private const double Step = 0.5;

    private double _mean = 1;
    private int _planned;
    private int _joined;

    /// <summary>At least 1.</summary>
    internal double Factor { get; private set; } = 1;

    /// <summary>A plan of so many pairs begins, and the last one ends.</summary>
    /// <returns>Whether <see cref="Factor"/> has changed.</returns>
    internal bool OnPlanned(int pairs)
    {
        if (_planned > 0)
            _mean += Weight * (((double)(_planned + _joined) / _planned) - _mean);
        (_planned, _joined) = (pairs, 0);
        var factor = Math.Clamp(Math.Round(_mean / Step) * Step, 1, Most);
        var changed = factor != Factor;
        Factor = factor;
        return changed;
    }

    /// <summary>So many pairs joined a planned pass.</summary>
    internal void OnJoined(int pairs) => _joined += pairs;

    /// <summary>What each planned row adds up to, as a share of the pass that it will be part of: the planner's costs.</summary>
    internal PassCost Expected(PassCost cost) => (rows, length) =>
    {
        if (Factor == 1)
            return cost(rows, length);
        var grown = Factor * rows;
        var below = (int)grown;
        var share = grown - below;
        // Rounded, a pass whose rows are rounded down would look as much cheaper as that is.
        var ms = cost(below, length);
        return (share == 0 ? ms : ms + (share * (cost(below + 1, length) - ms))) / Factor;
    };
}
