using System.Text;
using Rerank.Scorer.Tokenization;
using Rerank.Shared.Contracts;

namespace Rerank.Scorer.Gate;

/// <summary>Sixteen of the project's sample pairs, from a dozen tokens to some hundreds, shortest first.</summary>
internal static class GatePairs
{
    private const string Resource = "gate-pairs.jsonl";
    private const int LongestModel = 512;

    internal static IReadOnlyList<Pair> Texts { get; } = Read();

    /// <exception cref="TokenizerException">The tokenizer cannot make input of one.</exception>
    internal static TokenizedPair[] Encode(PairTokenizer tokenizer, int? maxPositions) =>
        [.. Texts.Select(pair => tokenizer.Encode(pair.Query, pair.Document, Math.Min(maxPositions ?? LongestModel, LongestModel)))];

    private static Pair[] Read()
    {
        using var stream = typeof(GatePairs).Assembly.GetManifestResourceStream(Resource)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => PairCodec.Decode(Encoding.UTF8.GetBytes(line)).Pair!)];
    }
}
