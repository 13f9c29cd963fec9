namespace Rerank.Benchmarks.Whole;

/// <summary>Median of some values, and how far they lie apart.</summary>
internal readonly record struct Spread(double Median, double Low, double High)
{
    /// <summary>With the least and the most of them.</summary>
    internal static Spread Of(IEnumerable<double> values) => Of(values, outermost: 0);

    /// <summary>With the lower and the upper quartile.</summary>
    internal static Spread QuartilesOf(IEnumerable<double> values) => Of(values, outermost: 0.25);

    internal string Text(string format) => $"{Median.ToString(format)} ({Low.ToString(format)}–{High.ToString(format)})";

    private static Spread Of(IEnumerable<double> values, double outermost)
    {
        var sorted = values.Order().ToArray();
        return new Spread(At(0.5), At(outermost), At(1 - outermost));

        // Between two values by their distance: type 7 of Hyndman and Fan, the default of R and NumPy.
        double At(double part)
        {
            var place = part * (sorted.Length - 1);
            var below = sorted[(int)place];
            return below + ((sorted[Math.Min((int)place + 1, sorted.Length - 1)] - below) * (place - (int)place));
        }
    }
}
