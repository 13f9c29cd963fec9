using System.Globalization;
using System.Text;

namespace Rerank.Shared.Contracts;

/// <summary>
/// A set of non-negative ordinals kept as disjoint, sorted, non-adjacent closed intervals, so that millions of ordinals that came
/// nearly in order cost a few entries. Text form: <c>0-1999,2005</c>; empty for the empty set. Not thread-safe.
/// </summary>
public sealed class IntervalSet
{
    private readonly List<Interval> _intervals = [];

    /// <summary>Number of ordinals.</summary>
    public long Count { get; private set; }

    public IReadOnlyList<Interval> Intervals => _intervals;

    /// <summary>Adds one ordinal; false if it was there.</summary>
    public bool Add(long ordinal)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(ordinal);
        var index = IndexAtOrAfter(ordinal);
        if (index < _intervals.Count && _intervals[index].First <= ordinal)
            return false;
        Insert(index, new Interval(ordinal, ordinal));
        return true;
    }

    /// <summary>Adds every ordinal of <paramref name="other"/>.</summary>
    public void UnionWith(IntervalSet other)
    {
        foreach (var interval in other._intervals)
            AddRange(interval.First, interval.Last);
    }

    /// <summary>Adds <paramref name="first"/> to <paramref name="last"/>, both included.</summary>
    public void AddRange(long first, long last)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfLessThan(last, first);
        Insert(IndexAtOrAfter(first), new Interval(first, last));
    }

    /// <summary>Takes one ordinal out; false if it was not there.</summary>
    public bool Remove(long ordinal)
    {
        var index = IndexAtOrAfter(ordinal);
        if (index == _intervals.Count || _intervals[index].First > ordinal)
            return false;

        var (first, last) = _intervals[index];
        _intervals.RemoveAt(index);
        if (ordinal < last)
            _intervals.Insert(index, new Interval(ordinal + 1, last));
        if (first < ordinal)
            _intervals.Insert(index, new Interval(first, ordinal - 1));
        Count--;
        return true;
    }

    public bool Contains(long ordinal)
    {
        var index = IndexAtOrAfter(ordinal);
        return index < _intervals.Count && _intervals[index].First <= ordinal;
    }

    /// <summary>Whether every ordinal of [0, <paramref name="total"/>) is in the set.</summary>
    public bool Covers(long total) =>
        total == 0 || (_intervals.Count > 0 && _intervals[0].First == 0 && _intervals[0].Last >= total - 1);

    /// <summary>The intervals of [0, <paramref name="total"/>) that are not in the set, in order.</summary>
    public IEnumerable<Interval> Missing(long total)
    {
        var next = 0L;
        foreach (var (first, last) in _intervals)
        {
            if (next >= total)
                yield break;
            if (first > next)
                yield return new Interval(next, Math.Min(first, total) - 1);
            next = Math.Max(next, last + 1);
        }

        if (next < total)
            yield return new Interval(next, total - 1);
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var (first, last) in _intervals)
        {
            if (text.Length > 0)
                text.Append(',');
            text.Append(CultureInfo.InvariantCulture, $"{first}");
            if (last > first)
                text.Append(CultureInfo.InvariantCulture, $"-{last}");
        }

        return text.ToString();
    }

    /// <summary>Reads the text form.</summary>
    /// <exception cref="FormatException">The text is not a list of intervals.</exception>
    public static IntervalSet Parse(string text)
    {
        var set = new IntervalSet();
        if (text.Length == 0)
            return set;

        foreach (var part in text.AsSpan().Split(','))
        {
            var interval = text.AsSpan()[part];
            var dash = interval.IndexOf('-');
            var first = dash < 0 ? interval : interval[..dash];
            var last = dash < 0 ? interval : interval[(dash + 1)..];
            if (!TryParse(first, out var from) || !TryParse(last, out var to) || to < from)
                throw new FormatException($"'{interval}' is not an interval of ordinals such as 0-1999.");
            set.AddRange(from, to);
        }

        return set;
    }

    private static bool TryParse(ReadOnlySpan<char> text, out long value) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);

    /// <summary>Index of the first interval that ends at or after the ordinal.</summary>
    private int IndexAtOrAfter(long ordinal)
    {
        int low = 0, high = _intervals.Count;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (_intervals[middle].Last < ordinal)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    /// <summary>Inserts at <paramref name="index"/> and merges what touches or overlaps.</summary>
    private void Insert(int index, Interval added)
    {
        var first = added.First;
        var last = added.Last;
        if (index > 0 && _intervals[index - 1].Last + 1 == first)
            index--;

        var end = index;
        while (end < _intervals.Count && _intervals[end].First <= last + 1)
        {
            first = Math.Min(first, _intervals[end].First);
            last = Math.Max(last, _intervals[end].Last);
            Count -= _intervals[end].Count;
            end++;
        }

        if (end == index)
        {
            _intervals.Insert(index, new Interval(first, last));
        }
        else
        {
            _intervals[index] = new Interval(first, last);
            _intervals.RemoveRange(index + 1, end - index - 1);
        }

        Count += last - first + 1;
    }
}
