using Rerank.Sink.Dataset;

namespace Rerank.UnitTests.Sink;

/// <summary>A disk that reports any free space, and on which writes fail as on a full one.</summary>
internal sealed class FillableDisk : Disk
{
    public long Free { get; set; } = long.MaxValue;

    public bool IsFull { get; set; }

    public override long FreeBytes(string folder) => Free;

    public override FileStream CreateFile(string path) => new FillableFile(path, this);

    private sealed class FillableFile(string path, FillableDisk disk) : FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, 1)
    {
        public override void Write(byte[] buffer, int offset, int count)
        {
            RequireRoom();
            base.Write(buffer, offset, count);
        }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            RequireRoom();
            base.Write(buffer);
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        {
            RequireRoom();
            return base.WriteAsync(buffer, offset, count, cancellationToken);
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            RequireRoom();
            return base.WriteAsync(buffer, cancellationToken);
        }

        private void RequireRoom()
        {
            if (disk.IsFull)
                throw new IOException("No space left on device");
        }
    }
}
