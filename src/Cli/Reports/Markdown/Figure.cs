namespace Rerank.Cli.Reports.Markdown;

/// <summary>Figures as text, invariant; <c>-</c> where there is none.</summary>
internal static class Figure
{
    internal const string Missing = "-";

    /// <summary>With so many decimals, a tie to even, as Python's <c>format</c> does.</summary>
    internal static string Fixed(double? value, int decimals)
    {
        if (value is not { } number || !double.IsFinite(number))
            return Missing;

        // number * 10^d lies midway between two integers just when number * 2^(d+1), which is exact, is odd. .NET rounds those away from zero.
        var scaled = Math.ScaleB(number, decimals + 1);
        if (Math.Abs(scaled) < 1L << 52 && scaled == Math.Floor(scaled) && scaled % 2 != 0)
            return decimal.Round((decimal)number, decimals, MidpointRounding.ToEven).ToString($"F{decimals}");
        return number.ToString($"F{decimals}");
    }

    /// <summary>The same with a unit behind it; just <c>-</c> where there is no figure.</summary>
    internal static string Fixed(double? value, int decimals, string unit) =>
        Fixed(value, decimals) is var text && text == Missing ? Missing : text + unit;

    internal static string Percent(double? share, int decimals = 1) => Fixed(share * 100, decimals, "%");

    internal static string Whole(long? value) => value?.ToString() ?? Missing;
}
