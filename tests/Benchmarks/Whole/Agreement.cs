namespace Rerank.Benchmarks.Whole;

/// <summary>How far the systems' scores are from those of the first: a system that computes something else is no comparison.</summary>
internal sealed class Agreement
{
    // Other passes and other builds of the runtime round differently; int8 makes steps of that.
    private const double MostOfDeviation = 0.1;

    private readonly float[] _reference;
    private readonly double _deviation;

    internal Agreement(IReadOnlyList<ContenderResult> results)
    {
        _reference = results[0].Rounds[0].Scores;
        var mean = _reference.Average();
        _deviation = Math.Sqrt(_reference.Average(score => Math.Pow(score - mean, 2)));
    }

    internal string Line =>
        $"Scores of the first system: standard deviation {_deviation:G3}. A system with a score further than {MostOfDeviation:P0} of that "
        + "from the first's computes something else.";

    /// <summary>Largest difference of a score, over all rounds.</summary>
    internal double Largest(ContenderResult result) => result.Rounds.Max(Largest);

    internal bool Holds(ContenderResult result) => Largest(result) <= MostOfDeviation * _deviation;

    private double Largest(Measurement measurement) =>
        measurement.Scores
            .Zip(_reference, (own, other) => Math.Abs(own - other))
            .Max(difference => float.IsNaN(difference) ? float.MaxValue : difference);
}
