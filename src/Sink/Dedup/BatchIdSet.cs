using System.Globalization;
using System.Runtime.InteropServices;
using Rerank.Shared.Contracts;

namespace Rerank.Sink.Dedup;

/// <summary>
/// A set of batch ids. A scorer numbers its passes, so ids are kept as the text before the trailing number and intervals of numbers:
/// millions of passes cost a few entries. In text form: <c>#prefix</c> → intervals, <c>=id</c> for an id without a number.
/// </summary>
internal sealed class BatchIdSet
{
    private const int MaxDigits = 18;

    private readonly Dictionary<string, IntervalSet> _numbered = [];
    private readonly HashSet<string> _others = [];

    public bool Contains(string id) =>
        TrySplit(id, out var prefix, out var number)
            ? _numbered.TryGetValue(prefix, out var numbers) && numbers.Contains(number)
            : _others.Contains(id);

    /// <summary>Adds an id; false if it was there.</summary>
    public bool Add(string id)
    {
        if (!TrySplit(id, out var prefix, out var number))
            return _others.Add(id);
        ref var numbers = ref CollectionsMarshal.GetValueRefOrAddDefault(_numbered, prefix, out _);
        return (numbers ??= new IntervalSet()).Add(number);
    }

    public void UnionWith(BatchIdSet other)
    {
        _others.UnionWith(other._others);
        foreach (var (prefix, numbers) in other._numbered)
        {
            ref var mine = ref CollectionsMarshal.GetValueRefOrAddDefault(_numbered, prefix, out _);
            (mine ??= new IntervalSet()).UnionWith(numbers);
        }
    }

    public void Clear()
    {
        _numbered.Clear();
        _others.Clear();
    }

    /// <summary>Text form, in order.</summary>
    public IReadOnlyDictionary<string, string> ToText()
    {
        var text = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (prefix, numbers) in _numbered)
            text["#" + prefix] = numbers.ToString();
        foreach (var other in _others)
            text["=" + other] = "";
        return text;
    }

    /// <summary>Reads the text form.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static BatchIdSet Parse(IReadOnlyDictionary<string, string> text)
    {
        var set = new BatchIdSet();
        foreach (var (key, numbers) in text)
        {
            if (key.StartsWith('#'))
                set._numbered[key[1..]] = IntervalSet.Parse(numbers);
            else if (key.StartsWith('='))
                set._others.Add(key[1..]);
            else
                throw new FormatException($"'{key}' is not a key of batch ids.");
        }

        return set;
    }

    /// <summary>Splits an id so that it can be put together again: a number with leading zeros is no number.</summary>
    private static bool TrySplit(string id, out string prefix, out long number)
    {
        var start = id.Length;
        while (start > 0 && char.IsAsciiDigit(id[start - 1]))
            start--;
        if (id.Length - start > 1 && id[start] == '0')
            start = id.Length;

        number = 0;
        var isNumbered = id.Length - start is > 0 and <= MaxDigits
            && long.TryParse(id.AsSpan(start), NumberStyles.None, CultureInfo.InvariantCulture, out number);
        prefix = isNumbered ? id[..start] : "";
        return isNumbered;
    }
}
