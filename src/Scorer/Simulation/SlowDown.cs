namespace Rerank.Scorer.Simulation;

/// <summary>From one moment to another every pass takes so many times as long.</summary>
internal sealed record SlowDown(double Factor, TimeSpan From, TimeSpan To)
{
    internal double FactorAt(long nowUs) =>
        nowUs >= From.TotalMicroseconds && nowUs < To.TotalMicroseconds ? Factor : 1;
}
