using Rerank.Ingest.Sources;
using Rerank.Shared.Hosting;
using Rerank.TestKit;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Ingest;

public sealed class SourceFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = TemporaryFolder.Create();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_copy_has_the_same_fingerprint_and_a_changed_file_another()
    {
        File.WriteAllText(_folder.File("a"), "content");
        File.Copy(_folder.File("a"), _folder.File("b"));
        File.WriteAllText(_folder.File("c"), "Content");

        Fingerprint("b").ShouldBe(Fingerprint("a"));
        Fingerprint("c").ShouldNotBe(Fingerprint("a"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Of_a_large_file_the_first_and_the_last_byte_count(int index)
    {
        using (var large = File.Create(_folder.File("large")))
            large.SetLength(Sources.WholeUpTo * 3);
        var before = Fingerprint("large");
        using (var large = File.OpenWrite(_folder.File("large")))
        {
            large.Seek(index, index < 0 ? SeekOrigin.End : SeekOrigin.Begin);
            large.WriteByte(1);
        }

        Fingerprint("large").ShouldNotBe(before);
    }

    [Fact]
    public void A_file_that_changed_since_it_was_looked_at_is_refused()
    {
        File.WriteAllText(_folder.File("a"), "1\n");
        var source = SourceFile.Inspect(_folder.File("a"), "jsonl", CancellationToken.None);
        File.AppendAllText(_folder.File("a"), "2\n");

        Should.Throw<StageFailedException>(() => source.EnsureUnchanged(CancellationToken.None)).Message.ShouldContain("was changed");
    }

    private string? Fingerprint(string name) => SourceFile.Inspect(_folder.File(name), "jsonl", CancellationToken.None).Fingerprint;

    private static class Sources
    {
        internal const long WholeUpTo = Rerank.Ingest.Sources.Fingerprint.WholeUpTo;
    }
}
