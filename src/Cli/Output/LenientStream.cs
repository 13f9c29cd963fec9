namespace Rerank.Cli.Output;

/// <summary>
/// Takes all that is written, whether it can be passed on or not. For stderr: progress that finds no room (a log on the disk that is
/// full) or no reader must not end the run that it tells of.
/// </summary>
/// <param name="target">Where it goes while that can be.</param>
internal sealed class LenientStream(Stream target) : Stream
{
    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count) => Try(() => target.Write(buffer, offset, count));

    public override void Flush() => Try(target.Flush);

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private static void Try(Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // There is nowhere left to say it.
        }
    }
}
