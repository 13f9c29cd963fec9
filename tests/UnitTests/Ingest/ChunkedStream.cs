namespace Rerank.UnitTests.Ingest;

/// <summary>Gives its bytes in pieces of the given sizes, over and over, as a pipe might.</summary>
internal sealed class ChunkedStream(byte[] content, int[] chunks) : MemoryStream(content)
{
    private int _next;

    public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, chunks[_next++ % chunks.Length])]);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Read(buffer.Span));
}
