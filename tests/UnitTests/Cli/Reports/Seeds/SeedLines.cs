namespace Rerank.UnitTests.Cli.Reports.Seeds;

/// <summary>The lines of a recorded report, read once from the top.</summary>
internal sealed class SeedLines(string text)
{
    private readonly string[] _lines = text.Split('\n');
    private int _next;

    internal bool AtEnd => _next >= _lines.Length;

    internal string? Peek => AtEnd ? null : _lines[_next];

    /// <summary>Goes to behind the next line that starts so and returns the rest of it.</summary>
    internal string After(string start)
    {
        while (!_lines[_next].StartsWith(start, StringComparison.Ordinal))
            _next++;
        return _lines[_next++][start.Length..];
    }

    /// <summary>Whether a line starts so before one that starts with <paramref name="limit"/>.</summary>
    internal bool Has(string start, string? limit = null)
    {
        for (var i = _next; i < _lines.Length; i++)
        {
            if (_lines[i].StartsWith(start, StringComparison.Ordinal))
                return true;
            if (limit is not null && _lines[i].StartsWith(limit, StringComparison.Ordinal))
                return false;
        }

        return false;
    }

    /// <summary>The cells of the next table, without its heading.</summary>
    internal IReadOnlyList<string[]> Table()
    {
        while (!_lines[_next].StartsWith('|'))
            _next++;
        _next += 2;
        var rows = new List<string[]>();
        for (; !AtEnd && _lines[_next].StartsWith('|'); _next++)
            rows.Add(_lines[_next].Split('|')[1..^1].Select(cell => cell.Trim()).ToArray());
        return rows;
    }
}
