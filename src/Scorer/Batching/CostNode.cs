namespace Rerank.Scorer.Batching;

/// <summary>The logarithm of a pass's milliseconds near one shape: a forgetting mean over medians of three, so that one outlier does not count.</summary>
internal sealed class CostNode
{
    // Passes that the mean remembers: more would follow a change of the machine too slowly, fewer would follow its noise.
    private const double Memory = 24;

    // A single reading may be anything.
    private const double FirstTrust = 0.25;

    private double _last;
    private double _beforeLast;
    private int _readings;

    /// <summary>0 before the first reading.</summary>
    internal double Weight { get; private set; }

    internal double LogMs { get; private set; }

    internal void Set(double logMs, double weight)
    {
        (LogMs, Weight) = (logMs, Math.Min(weight, Memory));
        (_last, _beforeLast, _readings) = (logMs, logMs, 2);
    }

    /// <summary>Takes in a reading.</summary>
    /// <param name="logMs">Of a pass of the node's very shape.</param>
    /// <param name="share">How near the pass was, 0 to 1.</param>
    internal void Learn(double logMs, double share)
    {
        _readings++;
        if (_readings <= 2)
        {
            // Noise makes passes slower, never faster: of two readings the lower one is nearer to the truth.
            LogMs = _readings == 1 ? logMs : Math.Min(logMs, _last);
            Weight += FirstTrust * share;
        }
        else
        {
            Weight = Math.Min(Weight + share, Memory);
            LogMs += (MedianOf(logMs, _last, _beforeLast) - LogMs) * share / Weight;
        }

        (_beforeLast, _last) = (_last, logMs);
    }

    private static double MedianOf(double a, double b, double c) => Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
}
