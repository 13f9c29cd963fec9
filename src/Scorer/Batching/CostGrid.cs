namespace Rerank.Scorer.Batching;

/// <summary>The shapes at which times are kept, and how to find one's way between them.</summary>
internal static class CostGrid
{
    internal static readonly int[] Rows =
        [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1024, 1536, 2048, 4096];

    internal static readonly int[] Lengths = [8, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512, 1024, 2048, 4096, 8192];

    internal static int Count => Rows.Length * Lengths.Length;

    internal static int IndexOf(int row, int length) => (row * Lengths.Length) + length;

    /// <summary>The other way round.</summary>
    internal static (int Rows, int Length) ShapeAt(int node) => (Rows[node / Lengths.Length], Lengths[node % Lengths.Length]);

    /// <summary>The node below a value and how far it is to the next one, 0 to 1 within the grid and more above it.</summary>
    internal static (int Below, double Share) Locate(int[] nodes, int value)
    {
        var at = Array.BinarySearch(nodes, value);
        var below = Math.Clamp(at >= 0 ? at : ~at - 1, 0, nodes.Length - 2);
        return (below, Math.Max(0, (double)(value - nodes[below]) / (nodes[below + 1] - nodes[below])));
    }

    /// <summary>Between the four nodes around a shape.</summary>
    internal static double Interpolate(double[] values, int rows, int length)
    {
        var (row, rowShare) = Locate(Rows, rows);
        var (column, share) = Locate(Lengths, length);
        var at = IndexOf(row, column);
        var below = values[at] + (share * (values[at + 1] - values[at]));
        at += Lengths.Length;
        var above = values[at] + (share * (values[at + 1] - values[at]));
        return below + (rowShare * (above - below));
    }

    /// <summary>The nearest surface that falls nowhere: the mean of the lowest one above and the highest one below.</summary>
    internal static void MakeMonotone(double[] values)
    {
        var above = (double[])values.Clone();
        var below = (double[])values.Clone();
        for (var row = 0; row < Rows.Length; row++)
        {
            for (var column = 0; column < Lengths.Length; column++)
            {
                var at = IndexOf(row, column);
                if (row > 0)
                    above[at] = Math.Max(above[at], above[at - Lengths.Length]);
                if (column > 0)
                    above[at] = Math.Max(above[at], above[at - 1]);
            }
        }

        for (var row = Rows.Length - 1; row >= 0; row--)
        {
            for (var column = Lengths.Length - 1; column >= 0; column--)
            {
                var at = IndexOf(row, column);
                if (row < Rows.Length - 1)
                    below[at] = Math.Min(below[at], below[at + Lengths.Length]);
                if (column < Lengths.Length - 1)
                    below[at] = Math.Min(below[at], below[at + 1]);
                values[at] = (above[at] + below[at]) / 2;
            }
        }
    }

    /// <summary>Spreads sums from each node to all others, less with each octave between them.</summary>
    internal static double[] Spread(double[] sums)
    {
        var along = new double[Count];
        var spread = new double[Count];
        for (var row = 0; row < Rows.Length; row++)
        {
            for (var from = 0; from < Lengths.Length; from++)
            {
                var sum = sums[IndexOf(row, from)];
                if (sum == 0)
                    continue;
                for (var to = 0; to < Lengths.Length; to++)
                    along[IndexOf(row, to)] += sum * LengthNearness[from, to];
            }
        }

        for (var from = 0; from < Rows.Length; from++)
        {
            for (var column = 0; column < Lengths.Length; column++)
            {
                var sum = along[IndexOf(from, column)];
                if (sum == 0)
                    continue;
                for (var to = 0; to < Rows.Length; to++)
                    spread[IndexOf(to, column)] += sum * RowNearness[from, to];
            }
        }

        return spread;
    }

    private static readonly double[,] RowNearness = NearnessOf(Rows);
    private static readonly double[,] LengthNearness = NearnessOf(Lengths);

    private static double[,] NearnessOf(int[] nodes)
    {
        const double LossAnOctave = 6;
        var nearness = new double[nodes.Length, nodes.Length];
        for (var from = 0; from < nodes.Length; from++)
        {
            for (var to = 0; to < nodes.Length; to++)
                nearness[from, to] = Math.Exp(-LossAnOctave * Math.Abs(Math.Log2((double)nodes[to] / nodes[from])));
        }

        return nearness;
    }
}
