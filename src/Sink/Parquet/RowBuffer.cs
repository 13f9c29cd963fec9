using Parquet.Schema;

namespace Rerank.Sink.Parquet;

/// <summary>The rows of one table that wait for their row group to be written.</summary>
internal abstract class RowBuffer
{
    /// <summary>Raised whenever a column is added or changes its meaning.</summary>
    public const int SchemaVersion = 1;

    public int Count { get; protected set; }

    /// <summary>In schema order.</summary>
    public abstract IReadOnlyList<ColumnBuffer> Columns { get; }

    /// <summary>Value of the footer's <c>table</c>.</summary>
    public abstract string Table { get; }

    /// <summary>Most rows of a row group, whatever the options say: they are held in memory.</summary>
    public virtual int MostGroupRows => int.MaxValue;

    public ParquetSchema Schema() => new(Columns.Select(column => column.Field));

    public void Clear()
    {
        foreach (var column in Columns)
            column.Clear();
        Count = 0;
    }
}
