namespace Rerank.Ingest.Sources;

internal static class SourceFormats
{
    internal const string JsonLines = "jsonl";

    internal static IReadOnlyList<string> Supported { get; } = [JsonLines];
}
