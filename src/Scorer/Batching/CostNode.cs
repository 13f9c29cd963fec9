namespace Rerank.Scorer.Batching;

/// <summary>
/// The logarithm of a pass's milliseconds near one shape: a forgetting mean over medians of three, so that one outlier does not count.
/// A shape that has not been run for many passes is known less and less: its neighbours then say more of it, and it is tried again.
/// </summary>
internal sealed class CostNode
{
    // Passes that the mean remembers: more would follow a change of the machine too slowly, fewer would follow its noise.
    private const double Memory = 24;

    // A single reading may be anything.
    private const double FirstTrust = 0.25;

    // In so many passes of other shapes half of what is known is forgotten, and after some times as many all of it.
    private const double HalfLife = 3000;
    private const double HalfLives = 4;

    private double _weight;
    private double? _logMsSet;
    private double _last;
    private double _beforeLast;
    private int _readings;
    private long _learnedAt;

    internal double LogMs { get; private set; }

    /// <summary>Whether there was a reading, beyond what was set.</summary>
    internal bool IsRead { get; private set; }

    /// <summary>How far what was set has moved by readings since; null if nothing was set, or nothing read.</summary>
    internal double? LogShift => IsRead ? LogMs - _logMsSet : null;

    /// <summary>How much is known; 0 before the first reading.</summary>
    /// <param name="passes">How many there have been, of any shape.</param>
    internal double WeightAt(long passes) => _weight * Math.Pow(2, (_learnedAt - passes) / HalfLife);

    internal void Set(double logMs, double weight)
    {
        (LogMs, _weight) = (logMs, Math.Min(weight, Memory));
        (_last, _beforeLast, _readings) = (logMs, logMs, 2);
        _logMsSet = logMs;
    }

    /// <summary>Takes in a reading.</summary>
    /// <param name="logMs">Of a pass of the node's very shape.</param>
    /// <param name="share">How near the pass was, 0 to 1.</param>
    /// <param name="passes">How many there have been, of any shape.</param>
    internal void Learn(double logMs, double share, long passes)
    {
        // Two old readings would outvote what is seen now.
        if (passes - _learnedAt > HalfLives * HalfLife)
            (_weight, _readings) = (0, 0);
        (_weight, _learnedAt, IsRead) = (WeightAt(passes), passes, true);
        _readings++;
        if (_readings <= 2)
        {
            // Noise makes passes slower, never faster: of two readings the lower one is nearer to the truth.
            LogMs = _readings == 1 ? logMs : Math.Min(logMs, _last);
            _weight += FirstTrust * share;
        }
        else
        {
            _weight = Math.Min(_weight + share, Memory);
            LogMs += (MedianOf(logMs, _last, _beforeLast) - LogMs) * share / _weight;
        }

        (_beforeLast, _last) = (_last, logMs);
    }

    private static double MedianOf(double a, double b, double c) => Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
}
