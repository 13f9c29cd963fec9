using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Rerank.Scorer.Batching;

/// <summary>
/// Cuts pairs sorted by length, longest first, into the passes of least total cost: exact dynamic programming. Any other partition is
/// no better, because exchanging pairs until it is sorted makes no pass longer. Not thread-safe: it keeps its work space.
/// </summary>
internal sealed class PassCutter(CostTable costs)
{
    private double[] _least = [];

    /// <summary>Rows of each pass, in the order of the pairs.</summary>
    /// <param name="lengths">Longest first.</param>
    /// <param name="cap">No pass of more than one row costs more.</param>
    internal int[] Cut(ReadOnlySpan<int> lengths, double cap = double.PositiveInfinity)
    {
        var count = lengths.Length;
        if (_least.Length < count + 1)
            _least = new double[Math.Max(count + 1, _least.Length * 2)];
        var least = _least.AsSpan(0, count + 1);
        least.Fill(double.PositiveInfinity);
        least[0] = 0;

        var length = 0;
        double[] rows = [];
        var mostRows = 0;
        for (var start = 0; start < count; start++)
        {
            if (lengths[start] != length)
            {
                length = lengths[start];
                rows = costs.Rows(length);
                mostRows = MostRows(rows, cap);
            }

            var fit = Math.Min(mostRows, count - start);
            Lower(least.Slice(start + 1, fit), rows.AsSpan(0, fit), least[start]);
        }

        return Trace(lengths, least, cap);
    }

    private static int MostRows(double[] rows, double cap)
    {
        if (rows[^1] <= cap)
            return rows.Length;
        var at = Array.BinarySearch(rows, cap);
        return Math.Max(1, at >= 0 ? at + 1 : ~at);
    }

    /// <summary>Each of <paramref name="least"/> becomes what it is, or what it takes to come here from the start of this pass.</summary>
    private static void Lower(Span<double> least, ReadOnlySpan<double> rows, double before)
    {
        var wide = Vector512.Create(before);
        var i = 0;
        for (; i <= least.Length - Vector512<double>.Count; i += Vector512<double>.Count)
        {
            ref var at = ref Unsafe.Add(ref MemoryMarshal.GetReference(least), i);
            Vector512.Min(Vector512.LoadUnsafe(ref at), Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(rows), (nuint)i) + wide).StoreUnsafe(ref at);
        }

        for (; i < least.Length; i++)
            least[i] = Math.Min(least[i], rows[i] + before);
    }

    /// <summary>Finds the way back: the sums are made of the same operations, and so are equal to the last bit.</summary>
    private int[] Trace(ReadOnlySpan<int> lengths, ReadOnlySpan<double> least, double cap)
    {
        var passes = new List<int>();
        for (var end = lengths.Length; end > 0;)
        {
            var start = end - 1;
            while (!Leads(lengths[start], end - start, least[start], least[end], cap))
                start--;
            passes.Add(end - start);
            end = start;
        }

        passes.Reverse();
        return [.. passes];
    }

    private bool Leads(int length, int rows, double before, double after, double cap)
    {
        var all = costs.Rows(length);
        return rows <= all.Length && (rows == 1 || all[rows - 1] <= cap) && all[rows - 1] + before == after;
    }
}
