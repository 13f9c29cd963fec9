using Parquet;
using Parquet.Schema;

namespace Rerank.Sink.Parquet;

internal sealed class TextColumn(string name, bool isNullable = false, bool isRepetitive = false)
    : ColumnBuffer(new DataField(name, typeof(string), isNullable))
{
    private readonly List<string?> _values = [];

    public override bool IsRepetitive => isRepetitive;

    /// <summary>Adds a value; of equal ones that follow each other the first one's text is kept.</summary>
    public void Add(string? value)
    {
        // Each row came with texts of its own: a row group of them would be most of what the Sink holds.
        if (isRepetitive && _values is [.., var last] && last == value)
            value = last;
        _values.Add(value);
    }

    public override Task WriteAsync(ParquetRowGroupWriter rowGroup, CancellationToken cancellationToken) =>
        rowGroup.WriteAsync(Field, _values);

    public override void Clear() => _values.Clear();
}
