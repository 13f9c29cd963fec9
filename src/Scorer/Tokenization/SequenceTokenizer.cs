namespace Rerank.Scorer.Tokenization;

/// <summary>Turns one text into token ids, without the tokens around it. Thread-safe.</summary>
internal sealed class SequenceTokenizer
{
    private readonly ISubwordModel _model;
    private readonly AddedTokenSplitter _added;
    private readonly AddedTokenSplitter _addedNormalized;

    internal SequenceTokenizer(ISubwordModel model, IReadOnlyList<AddedToken> addedTokens)
    {
        _model = model;
        _added = new AddedTokenSplitter(addedTokens.Where(token => !token.Normalized));
        _addedNormalized = new AddedTokenSplitter(addedTokens
            .Where(token => token.Normalized)
            .Select(token => token with { Content = model.Normalize(token.Content, TokenizingBuffers.Mine).ToString() }));
    }

    /// <summary>
    /// Adds the ids to the buffers, up to and with the first whole word that brings these to <paramref name="limit"/>: Hugging Face
    /// stops there too.
    /// </summary>
    internal void Encode(ReadOnlySpan<char> text, int limit, TokenizingBuffers buffers) => TryAdd(_added, text, limit, buffers);

    private bool TryAdd(AddedTokenSplitter added, ReadOnlySpan<char> text, int limit, TokenizingBuffers buffers)
    {
        int from = 0, taken = 0;
        while (added.Find(text, from, taken) is { } match)
        {
            if (taken < match.Start && !TryAddBetween(added, text[taken..match.Start], limit, buffers))
                return false;
            buffers.Ids.Add(match.Id);
            (from, taken) = (match.Next, match.End);
        }

        return taken >= text.Length || TryAddBetween(added, text[taken..], limit, buffers);
    }

    private bool TryAddBetween(AddedTokenSplitter added, ReadOnlySpan<char> text, int limit, TokenizingBuffers buffers) => added == _added
        ? TryAdd(_addedNormalized, _model.Normalize(text, buffers), limit, buffers)
        : _model.TryAddIds(text, limit, buffers);
}
