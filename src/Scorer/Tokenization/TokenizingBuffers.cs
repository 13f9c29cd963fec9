using Rerank.Scorer.Tokenization.Unigram;

namespace Rerank.Scorer.Tokenization;

/// <summary>What a thread writes to while it tokenizes a pair.</summary>
internal sealed class TokenizingBuffers
{
    [ThreadStatic]
    private static TokenizingBuffers? _mine;

    /// <summary>Those of this thread, whatever tokenizer uses them.</summary>
    internal static TokenizingBuffers Mine => _mine ??= new TokenizingBuffers();

    internal List<int> Ids { get; } = new(1024);

    /// <summary>For a normalizer, whose steps read the one and write the other.</summary>
    internal TextBuffer First { get; } = new();

    internal TextBuffer Second { get; } = new();

    internal TextBuffer Word { get; } = new();

    internal BestPath Path { get; } = new();
}
