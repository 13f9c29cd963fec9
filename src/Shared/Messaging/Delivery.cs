using System.Globalization;

namespace Rerank.Shared.Messaging;

/// <summary>
/// Where and when a message was delivered, read from its reply subject
/// <c>$JS.ACK.&lt;stream&gt;.&lt;consumer&gt;.&lt;delivered&gt;.&lt;stream seq&gt;.&lt;consumer seq&gt;.&lt;ns&gt;.&lt;pending&gt;</c>, or its longer form with domain and
/// account hash. Source: JetStream's wire API (ADR-1, ADR-15). The client library cuts the timestamp to milliseconds.
/// </summary>
/// <param name="ReplyTo">Where acknowledgements go.</param>
/// <param name="Count">1 for the first delivery.</param>
/// <param name="StreamSequence">Sequence in the stream.</param>
/// <param name="TimestampUs">When the stream stored the message, unix microseconds of the broker's clock.</param>
public readonly record struct Delivery(string ReplyTo, int Count, ulong StreamSequence, long TimestampUs)
{
    /// <summary>Reads a reply subject.</summary>
    /// <exception cref="FormatException">The message did not come from a JetStream consumer.</exception>
    public static Delivery Parse(string? replyTo)
    {
        Span<Range> tokens = stackalloc Range[13];
        var text = replyTo.AsSpan();
        var count = text.Split(tokens, '.');
        // 9 tokens in the short form; 11 or 12 with domain and account hash before the stream.
        var first = count switch { 9 => 4, 11 or 12 => 6, _ => -1 };
        if (first < 0
            || !text.StartsWith("$JS.ACK.", StringComparison.Ordinal)
            || !int.TryParse(text[tokens[first]], NumberStyles.None, CultureInfo.InvariantCulture, out var delivered)
            || !ulong.TryParse(text[tokens[first + 1]], NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
            || !long.TryParse(text[tokens[first + 3]], NumberStyles.None, CultureInfo.InvariantCulture, out var nanoseconds))
        {
            throw new FormatException($"'{replyTo}' is not the reply subject of a JetStream message.");
        }

        return new Delivery(replyTo!, delivered, sequence, nanoseconds / 1000);
    }
}
