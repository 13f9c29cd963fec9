using System.Buffers;
using Parquet;
using Parquet.Schema;

namespace Rerank.Sink.Parquet;

internal sealed class ValueColumn<T>(DataField field) : ColumnBuffer(field)
    where T : struct
{
    private readonly ArrayBufferWriter<T> _values = new();

    public ValueColumn(string name)
        : this(new DataField<T>(name))
    {
    }

    public void Add(T value) => _values.Write([value]);

    public override Task WriteAsync(ParquetRowGroupWriter rowGroup, CancellationToken cancellationToken) =>
        rowGroup.WriteAsync(Field, _values.WrittenMemory, cancellationToken: cancellationToken);

    public override void Clear() => _values.ResetWrittenCount();
}
