namespace Rerank.Benchmarks.Whole;

/// <summary>A workload's lengths in a line.</summary>
internal static class LengthFigures
{
    internal static string Of(IReadOnlyList<int> lengths)
    {
        var sorted = lengths.Order().ToArray();
        return $"{lengths.Count:N0} pairs of {lengths.Average():F1} tokens "
            + $"(median {At(0.5)}, 95th percentile {At(0.95)}, {sorted[0]} to {sorted[^1]}); "
            + $"padding in arrival order {Waste(8):P0} with 8 rows, {Waste(32):P0} with 32";

        int At(double part) => sorted[(int)(part * (sorted.Length - 1))];

        double Waste(int rows) => PassCuts.PaddingWaste(PassCuts.Arrival(lengths, rows), lengths);
    }
}
