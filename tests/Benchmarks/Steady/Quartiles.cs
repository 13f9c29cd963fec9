namespace Rerank.Benchmarks.Steady;

/// <summary>Median and quartiles of some values.</summary>
internal readonly record struct Quartiles(double Lower, double Median, double Upper)
{
    internal static Quartiles Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return new Quartiles(At(0.25), At(0.5), At(0.75));

        // Between two values by their distance: type 7 of Hyndman and Fan, the default of R and NumPy.
        double At(double part)
        {
            var place = part * (sorted.Length - 1);
            var below = sorted[(int)place];
            return below + ((sorted[Math.Min((int)place + 1, sorted.Length - 1)] - below) * (place - (int)place));
        }
    }

    internal string Text(string format) => $"{Median.ToString(format)} ({Lower.ToString(format)}–{Upper.ToString(format)})";
}
