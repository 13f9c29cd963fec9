namespace Rerank.UnitTests.Scorer.Batching;

/// <summary>What passes cost on devices of very different kinds, milliseconds.</summary>
internal static class Devices
{
    /// <summary>A GPU: 30 ms and 5.92 µs a padded token.</summary>
    internal static double Gpu(int rows, int length) => 30 + (0.00592 * rows * length);

    /// <summary>A CPU: a pair alone is best, and large tensors fall out of the cache, until 32 rows cost 2.6 times as much a pair.</summary>
    internal static double Cpu(int rows, int length)
    {
        var tokens = (double)rows * length;
        var spill = 1 + (1.6 * Math.Clamp(Math.Log2(tokens / 512) / 3, 0, 1));
        return 0.3 + (tokens * (0.08 + (0.00005 * length)) * spill);
    }
}
