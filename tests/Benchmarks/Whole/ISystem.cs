namespace Rerank.Benchmarks.Whole;

/// <summary>One way to score the pairs of a workload.</summary>
internal interface ISystem
{
    string Name { get; }

    /// <summary>Most pairs that it is given; the others would take too long.</summary>
    int MostPairs { get; }

    /// <summary>Scores the workload's first pairs.</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    Task<Measurement> MeasureAsync(int pairs);
}
