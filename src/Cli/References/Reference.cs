namespace Rerank.Cli.References;

/// <summary>A checked <see cref="ReferenceRow"/>.</summary>
/// <param name="Line">In its file, from 1.</param>
/// <param name="Model">As its publisher names it.</param>
/// <param name="Query">Query text.</param>
/// <param name="Document">Document text.</param>
/// <param name="Score">What it must be.</param>
/// <param name="IsSigmoid">The score is the sigmoid of the logit.</param>
/// <param name="Tolerance">How far off it may be.</param>
internal sealed record Reference(
    int Line, string Model, string Query, string Document, double Score, bool IsSigmoid, Tolerance Tolerance)
{
    /// <summary>Distance of a logit from the reference, and the distance that is allowed.</summary>
    internal (double Actual, double Difference, double Allowed) Check(float logit)
    {
        var actual = IsSigmoid ? Sigmoid(logit) : logit;
        var difference = Tolerance.OfSigmoid && !IsSigmoid ? Math.Abs(Sigmoid(logit) - Sigmoid(Score)) : Math.Abs(actual - Score);
        return (actual, difference, Tolerance.At(Score));
    }

    private static double Sigmoid(double logit) => 1 / (1 + Math.Exp(-logit));
}
