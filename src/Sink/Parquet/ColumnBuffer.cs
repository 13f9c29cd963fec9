using Parquet;
using Parquet.Schema;

namespace Rerank.Sink.Parquet;

/// <summary>One column: its field, and its values of the row group that is filling.</summary>
internal abstract class ColumnBuffer(DataField field)
{
    public DataField Field { get; } = field;

    /// <summary>Whether values repeat, so that a dictionary pays.</summary>
    public virtual bool IsRepetitive => false;

    public abstract Task WriteAsync(ParquetRowGroupWriter rowGroup, CancellationToken cancellationToken);

    public abstract void Clear();
}
