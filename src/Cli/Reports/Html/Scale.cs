using Rerank.Cli.Reports.Markdown;

namespace Rerank.Cli.Reports.Html;

/// <summary>From values to the points of a drawing, with round marks.</summary>
internal sealed class Scale
{
    private const double Crowded = 30;

    private readonly double _from;
    private readonly double _to;
    private readonly double _start;
    private readonly double _end;
    private readonly double _step;

    /// <param name="from">Least value.</param>
    /// <param name="to">Greatest value.</param>
    /// <param name="start">Where the least is drawn.</param>
    /// <param name="end">Where the greatest is drawn.</param>
    /// <param name="marks">About how many marks.</param>
    /// <param name="isOpenEnded">Whether the scale ends at a mark beyond the greatest value.</param>
    internal Scale(double from, double to, double start, double end, int marks, bool isOpenEnded)
    {
        if (to <= from)
            to = from + 1;
        _step = RoundStep((to - from) / marks);
        _from = from;
        _to = isOpenEnded ? Math.Ceiling(to / _step) * _step : to;
        (_start, _end) = (start, end);
    }

    private Scale(double fromPower, double toPower, double start, double end)
    {
        (_from, _to, _start, _end) = (fromPower, toPower, start, end);
        IsLogarithmic = true;
    }

    internal bool IsLogarithmic { get; }

    /// <summary>Logarithmic, between round values.</summary>
    /// <param name="from">Least value, above 0.</param>
    /// <param name="to">Greatest value.</param>
    /// <param name="start">Where the least is drawn.</param>
    /// <param name="end">Where the greatest is drawn.</param>
    internal static Scale Logarithmic(double from, double to, double start, double end)
    {
        var (least, most) = (RoundDown(from), RoundStep(to));
        return new Scale(Math.Log10(least), Math.Log10(most > least ? most : least * 10), start, end);
    }

    /// <summary>From 0, or logarithmic where the values would otherwise be crowded at one end: the greatest is many times the least.</summary>
    internal static Scale Fitting(IReadOnlyCollection<double> values, double start, double end, int marks) =>
        values.Min() is > 0 and var least && values.Max() > least * Crowded
            ? Logarithmic(least, values.Max(), start, end)
            : new Scale(0, values.Max(), start, end, marks, isOpenEnded: true);

    internal double At(double value) =>
        Math.Round(_start + (((IsLogarithmic ? Math.Log10(value) : value) - _from) / (_to - _from) * (_end - _start)), 2);

    internal IEnumerable<(double At, string Text)> Marks() => IsLogarithmic ? PowerMarks() : RoundMarks();

    private IEnumerable<(double At, string Text)> RoundMarks()
    {
        var decimals = Math.Max(0, (int)-Math.Floor(Math.Log10(_step)));
        for (var i = Math.Ceiling((_from / _step) - 1e-9) + 0.0; i * _step <= _to + (_step * 1e-9); i++)
            yield return (At(i * _step), Text(i * _step, decimals));
    }

    private IEnumerable<(double At, string Text)> PowerMarks()
    {
        // Over few powers of ten there is room for what lies between them.
        int[] digits = _to - _from <= 3 ? [1, 2, 5] : [1];
        for (var power = (int)Math.Floor(_from); power <= _to; power++)
        {
            foreach (var value in digits.Select(digit => digit * Math.Pow(10, power)).Where(value => Math.Log10(value) >= _from - 1e-9 && Math.Log10(value) <= _to + 1e-9))
                yield return (At(value), Text(value, Math.Max(0, -power)));
        }
    }

    private static string Text(double value, int decimals) => value >= 10_000 ? $"{Figure.Fixed(value / 1000, value % 1000 == 0 ? 0 : 1)}k" : Figure.Fixed(value, decimals);

    private static double RoundStep(double step)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(step)));
        return (step / power) switch
        {
            <= 1 => power,
            <= 2 => 2 * power,
            <= 5 => 5 * power,
            _ => 10 * power,
        };
    }

    private static double RoundDown(double value)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(value)));
        return (value / power) switch
        {
            < 2 => power,
            < 5 => 2 * power,
            _ => 5 * power,
        };
    }
}
