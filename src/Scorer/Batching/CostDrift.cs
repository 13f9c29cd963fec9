namespace Rerank.Scorer.Batching;

/// <summary>How much slower than learned the whole device is at present: the median over the passes of the last seconds.</summary>
internal sealed class CostDrift
{
    private const int MostPasses = 31;
    private const int LeastPasses = 5;
    private const long WindowUs = 3_000_000;

    private readonly (long AtUs, double LogRatio)[] _ring = new (long, double)[MostPasses];
    private readonly double[] _sorted = new double[MostPasses];
    private int _next;
    private int _count;

    /// <summary>Natural logarithm of the factor.</summary>
    internal double LogFactor { get; private set; }

    /// <summary>Whether there have been enough passes to tell.</summary>
    internal bool IsKnown => _count >= LeastPasses;

    internal void Observe(double logRatio, long nowUs)
    {
        _ring[_next] = (nowUs, logRatio);
        _next = (_next + 1) % MostPasses;
        _count = Math.Min(_count + 1, MostPasses);

        var recent = 0;
        for (var back = 1; back <= _count; back++)
        {
            var (atUs, ratio) = _ring[(_next - back + MostPasses) % MostPasses];
            if (recent >= LeastPasses && nowUs - atUs > WindowUs)
                break;
            _sorted[recent++] = ratio;
        }

        Array.Sort(_sorted, 0, recent);
        var median = (_sorted[(recent - 1) / 2] + _sorted[recent / 2]) / 2;
        // The first few passes say little.
        LogFactor = median * Math.Min(1, (double)recent / LeastPasses);
    }
}
