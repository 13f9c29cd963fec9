using System.Text;

namespace Rerank.Scorer.Tokenization;

/// <summary>
/// Tokenizes (query, document) pairs for a BERT cross-encoder, equal to Hugging Face's <c>tokenizers</c> id by id, truncation
/// included. Thread-safe.
/// </summary>
public sealed class PairTokenizer
{
    /// <summary>Tokens that a pair has without any of its text.</summary>
    public const int LeastLength = 3;

    private readonly SequenceTokenizer _sequences;
    private readonly int _classificationId;
    private readonly int _separatorId;

    private PairTokenizer(TokenizerDefinition definition)
    {
        _sequences = new SequenceTokenizer(definition);
        _classificationId = definition.ClassificationId;
        _separatorId = definition.SeparatorId;
        PadTokenId = definition.PaddingId;
        VocabularySize = definition.Vocabulary.Values.Concat(definition.AddedTokens.Select(token => token.Id)).Max() + 1;
    }

    public int PadTokenId { get; }

    /// <summary>One more than the highest id, added tokens included.</summary>
    public int VocabularySize { get; }

    /// <summary>Reads <c>tokenizer.json</c> of a model folder, or its <c>vocab.txt</c> as BERT uncased where there is no such file.</summary>
    /// <exception cref="TokenizerException">There is no tokenizer, it is broken, or it is of another kind than BERT's.</exception>
    public static PairTokenizer Load(string folder)
    {
        var definition = TokenizerFolder.Read(folder);
        if (!definition.Vocabulary.ContainsKey(definition.UnknownToken))
            throw new TokenizerException($"The tokenizer of '{folder}' has no '{definition.UnknownToken}' in its vocabulary; get its files again.");
        if (definition.Normalizer.StripsAccents)
            RequireUnicodeData();
        return new PairTokenizer(definition);
    }

    /// <summary>Tokenizes one pair, cut to <paramref name="maxLength"/> tokens, special tokens included.</summary>
    /// <exception cref="TokenizerException">The pair cannot be cut to that length.</exception>
    public TokenizedPair Encode(string query, string document, int maxLength, Truncation truncation = Truncation.LongestFirst)
    {
        var budget = maxLength - LeastLength;
        if (budget < 0)
            throw new TokenizerException($"The maximum length {maxLength} leaves no room for the {LeastLength} special tokens of a pair; raise it.");

        var queryIds = _sequences.Encode(query, truncation == Truncation.OnlySecond ? int.MaxValue : maxLength);
        var documentIds = _sequences.Encode(document, maxLength);
        var kept = PairTruncation.Fit(queryIds.Count, documentIds.Count, budget, truncation)
            ?? throw new TokenizerException(
                $"The query's {queryIds.Count} tokens leave no room for the document within {maxLength}; raise the maximum length or use longest_first.");

        int[] ids = [_classificationId, .. queryIds.Take(kept.Query), _separatorId, .. documentIds.Take(kept.Document), _separatorId];
        return new TokenizedPair(ids, kept.Query + 2, queryIds.Count + documentIds.Count > budget);
    }

    // Without ICU string.Normalize returns its input, and accents would silently stay.
    private static void RequireUnicodeData()
    {
        if ("\u00E9".Normalize(NormalizationForm.FormD).Length != 2)
            throw new TokenizerException(
                "This process has no Unicode data (invariant globalization), so accents cannot be stripped as the tokenizer asks. "
                + "Install ICU (Debian, Ubuntu: apt-get install libicu-dev; Alpine: apk add icu-libs icu-data-full) and unset DOTNET_SYSTEM_GLOBALIZATION_INVARIANT.");
    }
}
