using System.Buffers;
using Parquet;
using Parquet.Schema;

namespace Rerank.Sink.Parquet;

internal sealed class NullableColumn<T>(string name) : ColumnBuffer(new DataField<T?>(name))
    where T : struct
{
    private readonly ArrayBufferWriter<T?> _values = new();

    public void Add(T? value) => _values.Write([value]);

    public override Task WriteAsync(ParquetRowGroupWriter rowGroup, CancellationToken cancellationToken) =>
        rowGroup.WriteAsync(Field, _values.WrittenMemory, cancellationToken: cancellationToken);

    public override void Clear() => _values.ResetWrittenCount();
}
