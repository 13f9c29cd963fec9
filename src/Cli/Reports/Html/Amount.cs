using Rerank.Cli.Reports.Markdown;

namespace Rerank.Cli.Reports.Html;

/// <summary>Figures to be read at a glance: three places or so, thousands set apart; <c>-</c> where there is none.</summary>
internal static class Amount
{
    internal static string Of(double? value, string unit = "") => value is not { } number || !double.IsFinite(number)
        ? Figure.Missing
        : number.ToString(Math.Abs(number) switch { >= 100 => "N0", >= 10 => "N1", _ => "N2" }) + unit;
}
