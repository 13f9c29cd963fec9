using System.Buffers;
using Rerank.Cli.Reports.Recording;
using Rerank.Scorer.Simulation;
using Rerank.Shared.Contracts;

namespace Rerank.Cli.Bench;

/// <summary>What is scored: words drawn to the lengths of the reference's pairs, the same for each request number.</summary>
internal static class BenchWorkload
{
    private const int SpecialTokens = 3;
    private const int BinWidth = 16;
    private const int Sample = 5_000;

    internal static Workload Description { get; } = new(
        "msmarco-lengths", "common words, one token each, drawn to the lengths of MS MARCO's queries and passages", Histogram());

    /// <summary>The pairs of a request as messages; their ids are those by which the report finds them.</summary>
    internal static IReadOnlyList<(string Id, byte[] Message)> Pairs(long request, int pairs)
    {
        var random = new Random((int)request + 1);
        return [.. Enumerable.Range(0, pairs).Select(Pair)];

        (string, byte[]) Pair(int number)
        {
            var (query, document) = WorkloadText.Draw(random);
            var id = $"{request}-{number}";
            var message = new ArrayBufferWriter<byte>();
            PairCodec.Encode(message, new Pair(id, $"q{request}", id, Rank: null, query, document, Truncated: false));
            return (id, message.WrittenSpan.ToArray());
        }
    }

    private static LengthBin[] Histogram()
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, Sample)
            .Select(_ => WorkloadText.Draw(random))
            .Select(pair => Words(pair.Query) + Words(pair.Document) + SpecialTokens)
            .GroupBy(length => (length - 1) / BinWidth)
            .OrderBy(bin => bin.Key)
            .Select(bin => new LengthBin((bin.Key * BinWidth) + 1, (bin.Key + 1) * BinWidth, bin.Count()))];
    }

    private static int Words(string text) => text.AsSpan().Count(' ') + 1;
}
