namespace Rerank.Cli.Reports.Html;

/// <summary>A line of a chart; a null ends a stroke, so that a gap stays a gap.</summary>
internal sealed record Line(string Name, IReadOnlyList<(double X, double? Y)> Points);
