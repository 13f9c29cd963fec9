using System.Buffers;
using Rerank.Scorer.Tokenization;
using Rerank.Scorer.Tokenization.WordPiece;
using Rerank.Scorer.Tokenization.WordPiece.Library;

namespace Rerank.Scorer.Gate;

/// <summary>
/// A second opinion on a tokenizer, by Microsoft.ML.Tokenizers: the sample pairs, and every piece of the vocabulary as a word. Texts that hold
/// an added token are left out, as the library does not know these.
/// </summary>
/// <param name="Texts">Texts that were compared; 0 where the tokenizer is of a kind that the library has not.</param>
/// <param name="Tokens">Tokens that the library makes of them.</param>
/// <param name="Different">Texts of which it makes others.</param>
/// <param name="FirstDifference">The beginning of the first of these; null if there is none.</param>
public sealed record TokenizerCheck(int Texts, int Tokens, int Different, string? FirstDifference)
{
    private const int PiecesOfAText = 256;
    private const int LongerThanAnyText = 1 << 20;
    private const int Excerpt = 60;

    private static readonly TokenizerCheck NotPossible = new(0, 0, 0, FirstDifference: null);

    /// <summary>Checks the tokenizer of a model folder.</summary>
    /// <exception cref="TokenizerException">There is none that can be used.</exception>
    public static TokenizerCheck Of(string folder) => Of(PairTokenizer.Load(folder), folder);

    /// <summary>Checks a tokenizer against a vocabulary that is read anew.</summary>
    /// <param name="tokenizer">The tokenizer.</param>
    /// <param name="folder">What it was read from.</param>
    internal static TokenizerCheck Of(PairTokenizer tokenizer, string folder)
    {
        var definition = TokenizerFolder.Read(folder);
        if (definition.WordPiece is not { } settings)
            return NotPossible;

        var library = LibraryWordPiece.Create(settings);
        var added = SearchValues.Create(
            [.. definition.AddedTokens.Select(token => token.Content).Where(content => content.Length > 0)], StringComparison.OrdinalIgnoreCase);
        var texts = GatePairs.Texts.SelectMany(pair => new[] { pair.Query, pair.Document })
            .Where(text => !text.AsSpan().ContainsAny(added))
            .Concat(Words(settings).Where(word => !word.AsSpan().ContainsAny(added)).Chunk(PiecesOfAText).Select(words => string.Join(' ', words)))
            .ToArray();
        var compared = texts.Select(text => (Text: text, Ids: library.EncodeToIds(text))).ToArray();
        var different = compared.Where(text => !IsEqual(tokenizer, text.Text, text.Ids)).Select(text => text.Text).ToArray();
        var first = different.FirstOrDefault();
        return new TokenizerCheck(
            texts.Length, compared.Sum(text => text.Ids.Count), different.Length, first is { Length: > Excerpt } ? first[..Excerpt] : first);
    }

    /// <summary>What was found, in words for a person.</summary>
    public override string ToString() => this switch
    {
        { Texts: 0 } => "not checked: Microsoft.ML.Tokenizers has none that reads this kind of file",
        { Different: 0 } => $"{Texts} of {Texts} sample texts ({Tokens:N0} tokens) as Microsoft.ML.Tokenizers has them",
        _ => $"{Different} of {Texts} sample texts differ from Microsoft.ML.Tokenizers, the first begins '{FirstDifference}'",
    };

    private static bool IsEqual(PairTokenizer tokenizer, string text, IReadOnlyList<int> ids) =>
        tokenizer.Encode("", text, LongerThanAnyText).InputIds.AsSpan().SequenceEqual(tokenizer.Join([], [.. ids], truncated: false).InputIds);

    private static IEnumerable<string> Words(WordPieceSettings settings) => settings.Vocabulary
        .Select(piece => piece.Key.StartsWith(settings.ContinuingPrefix, StringComparison.Ordinal) ? piece.Key[settings.ContinuingPrefix.Length..] : piece.Key)
        .Where(word => word.Length > 0);
}
