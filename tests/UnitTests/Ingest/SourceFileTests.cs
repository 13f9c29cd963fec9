using System.IO.Compression;
using System.Text;
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
            large.SetLength(Rerank.Ingest.Sources.Fingerprint.WholeUpTo * 3);
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

    [Theory]
    [InlineData(0.001)]
    [InlineData(0.5)]
    [InlineData(0.9999)]
    public async Task A_gzip_file_that_breaks_off_is_an_error_and_not_an_end(double part)
    {
        var lines = string.Concat(Enumerable.Range(0, 10_000).Select(i => $"{i * 7919}\n"));
        await using (var gzip = new GZipStream(File.Create(_folder.File("a.gz")), CompressionLevel.Fastest))
            await gzip.WriteAsync(Encoding.UTF8.GetBytes(lines), TestContext.Current.CancellationToken);
        await using (var file = File.OpenWrite(_folder.File("a.gz")))
            file.SetLength((long)(file.Length * part));
        var source = SourceFile.Inspect(_folder.File("a.gz"), "jsonl", CancellationToken.None);
        await using var records = await source.OpenAsync(SourcePosition.Start, TestContext.Current.CancellationToken);

        await Should.ThrowAsync<InvalidDataException>(async () =>
        {
            while (await records.ReadAsync(TestContext.Current.CancellationToken) is not null)
            {
                // To the end.
            }
        });
    }

    [Fact]
    public async Task A_plain_file_that_is_called_gz_is_told_as_that()
    {
        await File.WriteAllTextAsync(_folder.File("a.gz"), "{}\n", TestContext.Current.CancellationToken);
        var source = SourceFile.Inspect(_folder.File("a.gz"), "jsonl", CancellationToken.None);
        await using var records = await source.OpenAsync(SourcePosition.Start, TestContext.Current.CancellationToken);

        var failure = await Should.ThrowAsync<StageFailedException>(
            async () => await source.ReadAsync(records, TestContext.Current.CancellationToken));

        failure.Message.ShouldContain("It is no gzip file");
    }

    [Fact]
    public async Task A_gzip_file_of_several_members_is_read_to_its_end()
    {
        await using (var file = File.Create(_folder.File("a.gz")))
        {
            foreach (var text in new[] { "first\nsec", "ond\nthird" })
            {
                await using var gzip = new GZipStream(file, CompressionLevel.Fastest, leaveOpen: true);
                await gzip.WriteAsync(Encoding.UTF8.GetBytes(text), TestContext.Current.CancellationToken);
            }
        }

        var source = SourceFile.Inspect(_folder.File("a.gz"), "jsonl", CancellationToken.None);
        await using var records = await source.OpenAsync(SourcePosition.Start, TestContext.Current.CancellationToken);

        foreach (var text in new[] { "first", "second", "third" })
            Encoding.UTF8.GetString((await records.ReadAsync(TestContext.Current.CancellationToken))!.Value.Bytes.Span).ShouldBe(text);
        (await records.ReadAsync(TestContext.Current.CancellationToken)).ShouldBeNull();
    }

    [Fact]
    public async Task A_gzip_file_is_resumed_at_the_offset_of_what_is_in_it()
    {
        await using (var gzip = new GZipStream(File.Create(_folder.File("a.gz")), CompressionLevel.Fastest))
            await gzip.WriteAsync("first\nsecond\n"u8.ToArray(), TestContext.Current.CancellationToken);
        var source = SourceFile.Inspect(_folder.File("a.gz"), "jsonl", CancellationToken.None);

        await using var records = await source.OpenAsync(new SourcePosition(1, 6, 2), TestContext.Current.CancellationToken);

        var record = (await records.ReadAsync(TestContext.Current.CancellationToken)).ShouldNotBeNull();
        Encoding.UTF8.GetString(record.Bytes.Span).ShouldBe("second");
        record.Position.ShouldBe(new SourcePosition(1, 6, 2));
    }

    private string? Fingerprint(string name) => SourceFile.Inspect(_folder.File(name), "jsonl", CancellationToken.None).Fingerprint;
}
