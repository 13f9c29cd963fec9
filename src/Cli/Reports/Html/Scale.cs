using Rerank.Cli.Reports.Markdown;

namespace Rerank.Cli.Reports.Html;

/// <summary>From values to the points of a drawing, with round marks.</summary>
internal sealed class Scale
{
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

    internal double At(double value) => Math.Round(_start + ((value - _from) / (_to - _from) * (_end - _start)), 2);

    internal IEnumerable<(double At, string Text)> Marks()
    {
        var decimals = Math.Max(0, (int)-Math.Floor(Math.Log10(_step)));
        for (var i = Math.Ceiling(_from / _step); i * _step <= _to + (_step * 1e-9); i++)
            yield return (At(i * _step), Text(i * _step, decimals));
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
}
