namespace Rerank.Benchmarks.Whole;

/// <summary>Median, least and most of some values.</summary>
internal readonly record struct Spread(double Median, double Least, double Most)
{
    internal static Spread Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return new Spread((sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2, sorted[0], sorted[^1]);
    }

    internal string Text(string format) => $"{Median.ToString(format)} ({Least.ToString(format)}–{Most.ToString(format)})";
}
