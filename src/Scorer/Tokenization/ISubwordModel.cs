namespace Rerank.Scorer.Tokenization;

/// <summary>How one kind of tokenizer turns text into ids. Thread-safe; the buffers are the caller's own.</summary>
internal interface ISubwordModel
{
    /// <summary>The text as the vocabulary has it.</summary>
    /// <returns>The text itself or text in a buffer, until the buffers are used again.</returns>
    ReadOnlySpan<char> Normalize(ReadOnlySpan<char> text, TokenizingBuffers buffers);

    /// <summary>Adds the ids of normalized text to the buffers.</summary>
    /// <returns>False as soon as a whole word brings them to <paramref name="limit"/>: the rest of the text is then left out.</returns>
    bool TryAddIds(ReadOnlySpan<char> normalized, int limit, TokenizingBuffers buffers);
}
