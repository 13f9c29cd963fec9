using Parquet;
using Parquet.Schema;

namespace Rerank.Sink.Parquet;

internal sealed class TextColumn(string name, bool isNullable = false, bool isRepetitive = false)
    : ColumnBuffer(new DataField(name, typeof(string), isNullable))
{
    private readonly List<string?> _values = [];

    public override bool IsRepetitive => isRepetitive;

    public void Add(string? value) => _values.Add(value);

    public override Task WriteAsync(ParquetRowGroupWriter rowGroup, CancellationToken cancellationToken) =>
        rowGroup.WriteAsync(Field, _values);

    public override void Clear() => _values.Clear();
}
