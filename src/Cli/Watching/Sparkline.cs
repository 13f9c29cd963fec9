namespace Rerank.Cli.Watching;

/// <summary>Numbers as bars of one character each, the greatest as the highest.</summary>
internal static class Sparkline
{
    private const string Bars = "▁▂▃▄▅▆▇█";

    internal static string Of(IReadOnlyList<double> values)
    {
        var most = values.Count == 0 ? 0 : values.Max();
        return string.Concat(values.Select(value => Bars[most <= 0 ? 0 : (int)Math.Clamp(value / most * Bars.Length, 0, Bars.Length - 1)]));
    }
}
