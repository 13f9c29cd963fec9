using System.Text;
using Rerank.Shared.Contracts;

namespace Rerank.Ingest.Sources;

/// <summary>What a source that holds no pairs looks like, for the message that says so.</summary>
internal static class FormatGuess
{
    /// <summary>A sentence part such as <c>it looks like tab-separated text</c>, from the first record that was not a pair.</summary>
    internal static string From(ReadOnlySpan<byte> record, string reason)
    {
        if (record.StartsWith("PAR1"u8))
            return "it looks like a Parquet file";
        if (record.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]))
            return "it looks like gzip; give the file a name that ends in .gz";
        if (record.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || record.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
            return "it looks like UTF-16 text; convert it to UTF-8";
        if (reason == DeadReason.InvalidUtf8)
            return "it is not UTF-8 text";

        var text = Encoding.UTF8.GetString(record[..Math.Min(record.Length, 4096)]).Trim();
        return text switch
        {
            ['[', ..] => "it looks like one JSON array; write one object a line (jq -c '.[]')",
            "{" => "it looks like JSON objects over several lines; write one object a line (jq -c .)",
            ['{', ..] => "its JSON objects are not pairs: a pair needs \"id\", \"query\" and \"document\"",
            ['<', ..] => "it looks like XML or HTML",
            _ when IsTrecRun(text) => "it looks like a TREC run",
            _ when text.Contains('\t') => "it looks like tab-separated text (TSV)",
            _ when text.Contains(',') => "it looks like comma-separated text (CSV)",
            _ => "its format is unknown",
        };
    }

    private static bool IsTrecRun(string text) =>
        text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) is [_, "Q0" or "0", _, _, _, _];
}
