using Rerank.Cli.Output;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Cli;

public sealed class LenientStreamTests
{
    [Fact]
    public void What_can_be_passed_on_is_and_what_cannot_is_dropped()
    {
        using var target = new FullAtTen();
        using var writer = new StreamWriter(new LenientStream(target)) { AutoFlush = true };

        writer.Write("12345");
        writer.Write("too much for the rest");

        target.Length.ShouldBe(5);
    }

    private sealed class FullAtTen : MemoryStream
    {
        public override void Write(byte[] buffer, int offset, int count)
        {
            if (Length + count > 10)
                throw new IOException("No space left on device");
            base.Write(buffer, offset, count);
        }
    }
}
