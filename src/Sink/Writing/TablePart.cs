using Rerank.Sink.Dataset;
using Rerank.Sink.Parquet;

namespace Rerank.Sink.Writing;

/// <summary>One future file of the dataset: the rows in memory, and the temporary file that takes them a row group at a time.</summary>
internal sealed class TablePart<TRows>(TRows rows, WriteContext context)
    where TRows : RowBuffer
{
    private ParquetFile? _file;

    public TRows Rows => rows;

    public long Count => (_file?.Rows ?? 0) + rows.Count;

    public long Bytes => _file?.Bytes ?? 0;

    /// <summary>Writes a row group if one is full.</summary>
    /// <exception cref="NoRoomException">The rows stay in memory.</exception>
    public async ValueTask SpillIfFullAsync(CancellationToken cancellationToken)
    {
        if (rows.Count < Math.Min(context.Options.RowGroupRows, rows.MostGroupRows))
            return;
        context.RequireRoom();
        await SpillAsync(cancellationToken);
    }

    /// <summary>Finishes the temporary file and returns its path.</summary>
    public async Task<string> CloseAsync(Footer footer, CancellationToken cancellationToken)
    {
        if (rows.Count > 0 || _file is null)
            await SpillAsync(cancellationToken);
        await _file!.CloseAsync(footer.ToMetadata(), rows.Schema(), cancellationToken);
        return _file.Path;
    }

    /// <summary>Gives up what was taken.</summary>
    public async ValueTask DropAsync()
    {
        rows.Clear();
        if (_file is null)
            return;
        try
        {
            await _file.DisposeAsync();
            File.Delete(_file.Path);
        }
        catch (IOException)
        {
            // A full disk refuses the last bytes, too; what is left goes with the epoch's folder.
        }

        _file = null;
    }

    private async Task SpillAsync(CancellationToken cancellationToken)
    {
        _file ??= await ParquetFile.CreateAsync(
            context.Epoch.Create($"{rows.Table}-{Guid.NewGuid():N}.parquet"), rows, cancellationToken);
        await _file.WriteRowGroupAsync(rows, cancellationToken);
    }
}
