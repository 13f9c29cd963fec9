using System.Text.Json;

namespace Rerank.Shared.Contracts;

/// <summary>The members of a pair's JSON object while they are read, before it is known whether all required ones are there.</summary>
internal struct PairMembers
{
    private string? _id;
    private string? _query;
    private string? _document;
    private string? _queryId;
    private string? _documentId;
    private int? _rank;
    private bool _truncated;

    /// <summary>Reads the whole object; a problem ends the reading.</summary>
    internal PairDecodeResult? Read(ref Utf8JsonReader reader)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return PairDecodeResult.Bad(DeadReason.InvalidJson, $"The record is {KindOf(reader.TokenType)}, not a JSON object.");

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (ReadMember(ref reader) is { } problem)
                return problem;
        }

        if (reader.Read())
            return PairDecodeResult.Bad(DeadReason.InvalidJson, "There is more after the JSON object; one object a record.");
        return null;
    }

    internal readonly PairDecodeResult ToPair(int maxDocumentBytes)
    {
        if (_id is null)
            return Missing("id");
        if (_query is null)
            return Missing("query");
        if (_document is null)
            return Missing("document");

        var document = Utf8Cut.ToBytes(_document, maxDocumentBytes);
        var queryId = _queryId ?? PairCodec.QueryIdOf(_query);
        var truncated = _truncated || document.Length != _document.Length;
        return new PairDecodeResult(new Pair(_id, queryId, _documentId, _rank, _query, document, truncated), null, null);
    }

    private static PairDecodeResult Missing(string member) =>
        PairDecodeResult.Bad(DeadReason.MissingMember, $"\"{member}\" is missing; a pair needs \"id\", \"query\" and \"document\".");

    private static PairDecodeResult WrongType(string member, string wanted, JsonTokenType found) =>
        PairDecodeResult.Bad(DeadReason.WrongType, $"\"{member}\" must be {wanted}, not {KindOf(found)}.");

    private static string KindOf(JsonTokenType token) => token switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.String => "a string",
        JsonTokenType.Number => "a number",
        JsonTokenType.True or JsonTokenType.False => "a boolean",
        _ => "null",
    };

    private PairDecodeResult? ReadMember(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("id"u8))
            return ReadName(ref reader, "id", required: true, ref _id);
        if (reader.ValueTextEquals("query_id"u8))
            return ReadName(ref reader, "query_id", required: false, ref _queryId);
        if (reader.ValueTextEquals("document_id"u8))
            return ReadName(ref reader, "document_id", required: false, ref _documentId);
        if (reader.ValueTextEquals("query"u8))
            return ReadText(ref reader, "query", ref _query);
        if (reader.ValueTextEquals("document"u8))
            return ReadText(ref reader, "document", ref _document);
        if (reader.ValueTextEquals("rank"u8))
            return ReadRank(ref reader);
        if (reader.ValueTextEquals("truncated"u8))
        {
            reader.Read();
            _truncated = reader.TokenType == JsonTokenType.True;
            reader.Skip();
            return null;
        }

        reader.Skip();
        return null;
    }

    private static PairDecodeResult? ReadText(ref Utf8JsonReader reader, string member, ref string? value)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.String)
            return WrongType(member, "a string", reader.TokenType);
        value = reader.GetString();
        return null;
    }

    private static PairDecodeResult? ReadName(ref Utf8JsonReader reader, string member, bool required, ref string? value)
    {
        reader.Read();
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                value = reader.GetString();
                break;
            case JsonTokenType.Number:
                // Ids of many corpora are numbers; the text keeps every digit of a long one.
                value = System.Text.Encoding.UTF8.GetString(reader.ValueSpan);
                break;
            case JsonTokenType.Null when !required:
                value = null;
                break;
            default:
                return WrongType(member, "a string or a number", reader.TokenType);
        }

        return value?.Length > PairCodec.MaxIdLength
            ? PairDecodeResult.Bad(
                DeadReason.TooLong, $"\"{member}\" has {value.Length:N0} characters; an id has at most {PairCodec.MaxIdLength:N0}.")
            : null;
    }

    private PairDecodeResult? ReadRank(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
        {
            _rank = null;
            return null;
        }

        if (reader.TokenType != JsonTokenType.Number)
            return WrongType("rank", "a whole number", reader.TokenType);
        if (!reader.TryGetInt32(out var rank))
            return PairDecodeResult.Bad(DeadReason.WrongType, "\"rank\" must be a whole number from -2147483648 to 2147483647.");
        _rank = rank;
        return null;
    }
}
