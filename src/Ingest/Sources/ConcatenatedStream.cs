namespace Rerank.Ingest.Sources;

/// <summary>One stream and then another; disposes both.</summary>
internal sealed class ConcatenatedStream(Stream first, Stream second) : ReadingStream
{
    private bool _firstEnded;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!_firstEnded && await first.ReadAsync(buffer, cancellationToken) is var read and > 0)
            return read;
        _firstEnded = true;
        return await second.ReadAsync(buffer, cancellationToken);
    }

    protected override void Dispose(bool disposing)
    {
        first.Dispose();
        second.Dispose();
        base.Dispose(disposing);
    }
}
