namespace Rerank.Scorer.Simulation;

/// <summary>One line of a panel; a null value is a gap.</summary>
internal sealed record PlotSeries(string Name, string Colour, IReadOnlyList<double?> Values, bool Dashed = false);
