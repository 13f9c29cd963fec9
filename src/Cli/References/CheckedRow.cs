namespace Rerank.Cli.References;

/// <summary>A reference beside what the model gives.</summary>
/// <param name="Line">Line of the reference file.</param>
/// <param name="Query">Query text.</param>
/// <param name="Kind">logit or sigmoid.</param>
/// <param name="Expected">The reference.</param>
/// <param name="Actual">The model's.</param>
/// <param name="Difference">How far apart they are.</param>
/// <param name="Allowed">How far they may be.</param>
internal sealed record CheckedRow(int Line, string Query, string Kind, double Expected, double Actual, double Difference, double Allowed)
{
    internal bool Passes => Difference <= Allowed;

    internal static CheckedRow Of(Reference reference, float logit)
    {
        var (actual, difference, allowed) = reference.Check(logit);
        return new CheckedRow(
            reference.Line, reference.Query, reference.IsSigmoid ? "sigmoid" : "logit", reference.Score, actual, difference, allowed);
    }

    internal string ToText() =>
        $"line {Line}: {Kind} {Actual:0.#######} instead of {Expected:0.#######}, off by {Difference:0.###e-0} where {Allowed:0.###e-0} is allowed";
}
