using System.Globalization;

namespace Rerank.UnitTests.Cli.Reports.Seeds;

/// <summary>Figures of a recorded report, back from text.</summary>
internal static class Printed
{
    internal static double Number(string cell)
    {
        var digits = cell.TrimEnd('m', 's', 'p', '/', ' ');
        return double.Parse(digits, CultureInfo.InvariantCulture);
    }

    internal static int Whole(string cell) => int.Parse(cell, CultureInfo.InvariantCulture);

    /// <summary>A figure that was printed twice: a value that rounds to both.</summary>
    internal static double Both(string cell, string other)
    {
        var (from, to) = Interval(cell);
        var (otherFrom, otherTo) = Interval(other);
        return (Math.Max(from, otherFrom) + Math.Min(to, otherTo)) / 2;
    }

    private static (double From, double To) Interval(string cell)
    {
        var value = Number(cell);
        var half = 0.5 * Math.Pow(10, -Decimals(cell));
        return (value - half, value + half);
    }

    private static int Decimals(string cell)
    {
        var point = cell.IndexOf('.', StringComparison.Ordinal);
        return point < 0 ? 0 : cell.AsSpan(point + 1).IndexOfAnyExceptInRange('0', '9') is var end and >= 0 ? end : cell.Length - point - 1;
    }
}
