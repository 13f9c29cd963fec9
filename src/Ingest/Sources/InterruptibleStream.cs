namespace Rerank.Ingest.Sources;

/// <summary>
/// A stream whose waiting reads end by cancellation: those of a terminal or a pipe do not by themselves. A read that was left waiting
/// ends with the process.
/// </summary>
internal sealed class InterruptibleStream(Stream inner) : ReadingStream
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        await inner.ReadAsync(buffer, CancellationToken.None).AsTask().WaitAsync(cancellationToken);
}
