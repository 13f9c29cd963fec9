using System.Runtime.InteropServices;

namespace Rerank.Scorer.Tokenization;

/// <summary>
/// Tokenizes (query, document) pairs for a cross-encoder, equal to Hugging Face's <c>tokenizers</c> id by id, truncation included.
/// Thread-safe: each thread has buffers of its own, and a pair allocates its result only.
/// </summary>
public sealed class PairTokenizer
{
    /// <summary>Tokens that any pair has at least, without any of its text.</summary>
    public const int LeastLength = 3;

    private readonly SequenceTokenizer _sequences;
    private readonly PairTemplate _template;

    private PairTokenizer(TokenizerDefinition definition)
    {
        _sequences = new SequenceTokenizer(definition.Model, definition.AddedTokens);
        _template = definition.Template;
        PadTokenId = definition.PaddingId;
        VocabularySize = definition.VocabularySize;
    }

    public int PadTokenId { get; }

    /// <summary>One more than the highest id, added tokens included.</summary>
    public int VocabularySize { get; }

    /// <summary>Reads <c>tokenizer.json</c> of a model folder, or its <c>vocab.txt</c> as BERT uncased where there is no such file.</summary>
    /// <exception cref="TokenizerException">There is no tokenizer, it is broken, or it is of a kind that is not supported.</exception>
    public static PairTokenizer Load(string folder) => new(TokenizerFolder.Read(folder));

    /// <summary>Tokenizes one pair, cut to <paramref name="maxLength"/> tokens, special tokens included.</summary>
    /// <exception cref="TokenizerException">The pair cannot be cut to that length.</exception>
    public TokenizedPair Encode(string query, string document, int maxLength, Truncation truncation = Truncation.LongestFirst)
    {
        var budget = maxLength - _template.Length;
        if (budget < 0)
            throw new TokenizerException($"The maximum length {maxLength} leaves no room for the {_template.Length} special tokens of a pair; raise it.");

        var buffers = TokenizingBuffers.Mine;
        buffers.Ids.Clear();
        _sequences.Encode(query, truncation == Truncation.OnlySecond ? int.MaxValue : maxLength, buffers);
        var queryTokens = buffers.Ids.Count;
        _sequences.Encode(document, queryTokens + maxLength, buffers);
        var documentTokens = buffers.Ids.Count - queryTokens;
        var kept = PairTruncation.Fit(queryTokens, documentTokens, budget, truncation)
            ?? throw new TokenizerException(
                $"The query's {queryTokens} tokens leave no room for the document within {maxLength}; raise the maximum length or use longest_first.");

        var ids = CollectionsMarshal.AsSpan(buffers.Ids);
        return Join(ids[..kept.Query], ids.Slice(queryTokens, kept.Document), queryTokens + documentTokens > budget);
    }

    /// <summary>Puts the special tokens around the ids of two texts.</summary>
    internal TokenizedPair Join(ReadOnlySpan<int> query, ReadOnlySpan<int> document, bool truncated)
    {
        // A collection expression of so many parts goes through a list.
        var ids = new int[_template.Length + query.Length + document.Length];
        var rest = ids.AsSpan();
        Write(_template.Before, ref rest);
        Write(query, ref rest);
        Write(_template.Between, ref rest);
        Write(document, ref rest);
        Write(_template.After, ref rest);
        return new TokenizedPair(ids, ids.Length - _template.After.Length - document.Length, truncated, _template.DocumentType);

        static void Write(ReadOnlySpan<int> part, ref Span<int> rest)
        {
            part.CopyTo(rest);
            rest = rest[part.Length..];
        }
    }
}
