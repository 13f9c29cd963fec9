using System.Security.Cryptography;
using System.Text;
using CsCheck;
using Rerank.Ingest.Sources;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Ingest;

public sealed class JsonLinesSourceTests
{
    private const int MaxRecordBytes = 24;

    private static readonly Gen<byte[]> Content = TextParts.Of(
        30, "\n", "\r\n", "\r", " ", "\t", "{}", "a", "\uFEFF", "é", "\0", "a line of 20 bytes ..", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")
        .Select(Encoding.UTF8.GetBytes);

    private static readonly Gen<int[]> Chunks = Gen.Int[1, 50].Array[1, 5];

    [Fact]
    public Task Records_are_the_lines_that_are_not_blank_however_the_bytes_arrive() =>
        Gen.Select(Content, Chunks).SampleAsync(async (content, chunks) =>
            (await ReadAsync(content, chunks, SourcePosition.Start)).ShouldBe(Reference(content)));

    [Fact]
    public Task Reading_from_any_records_position_gives_the_rest() =>
        Gen.Select(Content, Chunks).SampleAsync(async (content, chunks) =>
        {
            var all = Reference(content);
            foreach (var record in all)
                (await ReadAsync(content, chunks, record.Position)).ShouldBe(all.Skip((int)record.Position.Ordinal));
        });

    [Fact]
    public Task Reading_goes_on_where_another_reader_stopped() =>
        Gen.Select(Content, Chunks, Gen.Int[0, 10]).SampleAsync(async (content, chunks, count) =>
        {
            await using var first = new JsonLinesSource(new ChunkedStream(content, chunks), SourcePosition.Start, MaxRecordBytes);
            for (var i = 0; i < count; i++)
                await first.ReadAsync(CancellationToken.None);

            var rest = await ReadAsync(content, chunks, first.Position);

            rest.ShouldBe(Reference(content).Skip(count));
        });

    [Fact]
    public async Task A_line_far_over_the_limit_is_hashed_without_being_held()
    {
        const int Length = 200_000_000;
        using var zeros = new ZeroStream(Length);
        await using var source = new JsonLinesSource(zeros, SourcePosition.Start, maxRecordBytes: 1 << 20);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var record = (await source.ReadAsync(TestContext.Current.CancellationToken)).ShouldNotBeNull();

        record.Length.ShouldBe(Length);
        record.Bytes.Length.ShouldBe(64 * 1024);
        record.TooLongSha256.ShouldNotBeNull();
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(8 << 20);
        (await source.ReadAsync(TestContext.Current.CancellationToken)).ShouldBeNull();
    }

    private static async Task<List<Record>> ReadAsync(byte[] content, int[] chunks, SourcePosition start)
    {
        var records = new List<Record>();
        var stream = new ChunkedStream(content, chunks) { Position = Math.Min(start.Offset, content.Length) };
        await using var source = new JsonLinesSource(stream, start, MaxRecordBytes);
        while (await source.ReadAsync(CancellationToken.None) is { } record)
            records.Add(new Record(record.Position, Convert.ToHexString(record.Bytes.Span), record.Length, record.TooLongSha256));
        return records;
    }

    /// <summary>The same by splitting the whole content.</summary>
    private static List<Record> Reference(byte[] content)
    {
        var records = new List<Record>();
        var offset = content.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? 3 : 0;
        for (var line = 1L; offset < content.Length; line++)
        {
            var end = Array.IndexOf(content, (byte)'\n', offset);
            var bytes = content[offset..(end < 0 ? content.Length : end)];
            var position = new SourcePosition(records.Count, offset, line);
            var text = bytes is [.., (byte)'\r'] ? bytes[..^1] : bytes;
            if (bytes.Length > MaxRecordBytes)
                records.Add(new Record(position, Convert.ToHexString(bytes), bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes))));
            else if (bytes.Any(b => !" \t\r"u8.Contains(b)))
                records.Add(new Record(position, Convert.ToHexString(text), text.Length, null));
            offset = end < 0 ? content.Length : end + 1;
        }

        return records;
    }

    private sealed record Record(SourcePosition Position, string Bytes, long Length, string? TooLongSha256)
    {
        /// <summary>Of a record over the limit as much is shown as was at hand; that it is its beginning is enough.</summary>
        public bool Equals(Record? other) => other is not null
            && Position == other.Position
            && Length == other.Length
            && TooLongSha256 == other.TooLongSha256
            && (TooLongSha256 is null
                ? Bytes == other.Bytes
                : Bytes.StartsWith(other.Bytes, StringComparison.Ordinal) || other.Bytes.StartsWith(Bytes, StringComparison.Ordinal));

        public override int GetHashCode() => Position.GetHashCode();
    }
}
