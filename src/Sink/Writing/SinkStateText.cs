using Rerank.Shared.Contracts;

namespace Rerank.Sink.Writing;

/// <summary>Ordinals as the text that fits a KV entry.</summary>
internal static class SinkStateText
{
    /// <summary>Under a server's default payload limit of 1 MiB with room to spare.</summary>
    public const int MaxLength = 512 * 1024;

    /// <summary>
    /// The set, or as many of its first intervals as fit: Ingest then publishes some pairs again that are done, and they are dropped as
    /// duplicates.
    /// </summary>
    public static string Of(IntervalSet ordinals)
    {
        var text = ordinals.ToString();
        return text.Length <= MaxLength ? text : text[..text.LastIndexOf(',', MaxLength)];
    }
}
