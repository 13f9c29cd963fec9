namespace Rerank.Scorer.Tokenization;

/// <summary>The pieces of a vocabulary with their ids, walked a UTF-16 unit a step. Thread-safe.</summary>
internal sealed class PieceTrie
{
    internal const int Root = 0;
    internal const int None = -1;

    // Of so many children each is looked at, of more half are left out first.
    private const int Many = 16;

    // Nodes are numbered breadth first, so that the children of a node follow each other and those of the node before.
    private readonly char[] _labels;
    private readonly int[] _firstChild;
    private readonly int[] _ids;
    private readonly int[] _startingNodes = new int[char.MaxValue + 1];

    /// <param name="pieces">Of equal ones the last counts.</param>
    internal PieceTrie(IEnumerable<KeyValuePair<string, int>> pieces)
    {
        var sorted = pieces.Select((piece, order) => (Text: piece.Key, Order: order, Id: piece.Value)).ToArray();
        Array.Sort(sorted, static (a, b) => string.CompareOrdinal(a.Text, b.Text) is var order and not 0 ? order : a.Order - b.Order);
        var labels = new List<char> { '\0' };
        var firstChild = new List<int>();
        var ids = new List<int>();
        var waiting = new Queue<(int From, int To, int Depth)>([(0, sorted.Length, 0)]);
        while (waiting.TryDequeue(out var node))
        {
            var (from, to, depth) = node;
            firstChild.Add(labels.Count);
            ids.Add(None);
            for (; from < to && sorted[from].Text.Length == depth; from++)
                ids[^1] = sorted[from].Id;
            while (from < to)
            {
                var label = sorted[from].Text[depth];
                var start = from;
                while (from < to && sorted[from].Text[depth] == label)
                    from++;
                labels.Add(label);
                waiting.Enqueue((start, from, depth + 1));
            }
        }

        firstChild.Add(labels.Count);
        (_labels, _firstChild, _ids) = ([.. labels], [.. firstChild], [.. ids]);
        Array.Fill(_startingNodes, None);
        for (var child = _firstChild[Root]; child < _firstChild[Root + 1]; child++)
            _startingNodes[_labels[child]] = child;
    }

    /// <summary>The id of a whole piece, or null.</summary>
    internal int? Find(ReadOnlySpan<char> piece) => Walk(piece) is var node and >= 0 && _ids[node] >= 0 ? _ids[node] : null;

    /// <summary>The node that a text leads to from the root, or <see cref="None"/>.</summary>
    internal int Walk(ReadOnlySpan<char> text)
    {
        var node = Root;
        for (var i = 0; i < text.Length && node >= 0; i++)
            node = Child(node, text[i]);
        return node;
    }

    /// <summary>The id of the piece that ends at a node, or <see cref="None"/>.</summary>
    internal int IdAt(int node) => _ids[node];

    /// <summary>The next node, or <see cref="None"/>.</summary>
    internal int Child(int node, char label)
    {
        if (node == Root)
            return _startingNodes[label];
        int first = _firstChild[node], end = _firstChild[node + 1];
        while (end - first > Many)
        {
            var middle = (first + end) / 2;
            if (_labels[middle] <= label)
                first = middle;
            else
                end = middle;
        }

        var index = _labels.AsSpan(first, end - first).IndexOf(label);
        return index < 0 ? None : first + index;
    }
}
