using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Rerank.Shared.Contracts;

/// <summary>
/// The JSON form of a <see cref="Pair"/>: <c>id</c>, <c>query</c> and <c>document</c> required, <c>query_id</c>, <c>document_id</c>,
/// <c>rank</c> optional, other members ignored. The same for source lines and for messages. Thread-safe.
/// </summary>
public static class PairCodec
{
    public const int DefaultMaxDocumentBytes = 64 * 1024;

    /// <summary>UTF-16 units of each id; a longer one is too long: a scored batch must be able to hold the row.</summary>
    public const int MaxIdLength = 4096;

    private static readonly JsonWriterOptions WriterOptions = new()
    {
        // Half the bytes of the default for text with quotes and non-ASCII letters; the reader is never a browser.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    /// <summary>Decodes one UTF-8 JSON object. Never throws on bad input.</summary>
    public static PairDecodeResult Decode(ReadOnlySpan<byte> utf8, int maxDocumentBytes = DefaultMaxDocumentBytes)
    {
        if (!System.Text.Unicode.Utf8.IsValid(utf8))
            return PairDecodeResult.Bad(DeadReason.InvalidUtf8, "The record is not valid UTF-8; convert the source to UTF-8.");

        var members = default(PairMembers);
        try
        {
            var reader = new Utf8JsonReader(utf8);
            if (members.Read(ref reader) is { } problem)
                return problem;
        }
        catch (JsonException e)
        {
            return PairDecodeResult.Bad(DeadReason.InvalidJson, $"The record is not a JSON object: {WithoutPlace(e.Message)} Byte {e.BytePositionInLine}.");
        }
        catch (InvalidOperationException)
        {
            // Utf8JsonReader.GetString on an escaped lone surrogate such as \ud800.
            return PairDecodeResult.Bad(DeadReason.InvalidUtf8, "A string holds half of a surrogate pair (\\ud800 to \\udfff alone).");
        }

        return members.ToPair(maxDocumentBytes);
    }

    /// <summary>Writes the pair as one UTF-8 JSON object without a line end.</summary>
    public static void Encode(IBufferWriter<byte> output, Pair pair)
    {
        using var writer = new Utf8JsonWriter(output, WriterOptions);
        writer.WriteStartObject();
        writer.WriteString("id"u8, pair.Id);
        writer.WriteString("query_id"u8, pair.QueryId);
        if (pair.DocumentId is not null)
            writer.WriteString("document_id"u8, pair.DocumentId);
        if (pair.Rank is { } rank)
            writer.WriteNumber("rank"u8, rank);
        if (pair.Truncated)
            writer.WriteBoolean("truncated"u8, value: true);
        writer.WriteString("query"u8, pair.Query);
        writer.WriteString("document"u8, pair.Document);
        writer.WriteEndObject();
    }

    /// <summary>The reader's message without its place, which counts lines of the record and says nothing to a person.</summary>
    private static string WithoutPlace(string message) =>
        message.IndexOf(" LineNumber:", StringComparison.Ordinal) is var at and > 0 ? message[..at] : message;

    /// <summary>The query id of a pair that came without one: <c>q-</c> and 12 hex digits of the SHA-256 of the query text.</summary>
    public static string QueryIdOf(string query)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(query), hash);
        return "q-" + Convert.ToHexStringLower(hash[..6]);
    }
}
