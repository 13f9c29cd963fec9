using Microsoft.ML.Tokenizers;

namespace Rerank.Scorer.Tokenization.WordPiece.Library;

/// <summary>BERT's words as the library takes them: they end at white space, and each punctuation character is one.</summary>
internal sealed class LibraryWords : PreTokenizer
{
    public override IEnumerable<(int Offset, int Length)> PreTokenize(string text) => PreTokenize(text.AsSpan());

    public override IEnumerable<(int Offset, int Length)> PreTokenize(ReadOnlySpan<char> text)
    {
        var words = new List<(int, int)>();
        var start = 0;
        for (int i = 0, width; i < text.Length; i += width)
        {
            var kinds = BertCharacters.KindsAt(text, i, out width);
            if (!kinds.Is(CharacterKinds.WhiteSpace | CharacterKinds.Punctuation))
                continue;
            if (start < i)
                words.Add((start, i - start));
            if (kinds.Is(CharacterKinds.Punctuation))
                words.Add((i, width));
            start = i + width;
        }

        if (start < text.Length)
            words.Add((start, text.Length - start));
        return words;
    }
}
