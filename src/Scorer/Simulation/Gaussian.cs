namespace Rerank.Scorer.Simulation;

/// <summary>The normal distribution of mean 0 and deviation 1.</summary>
internal static class Gaussian
{
    internal static double Draw(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
