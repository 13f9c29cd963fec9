using System.Text;
using Microsoft.ML.Tokenizers;

namespace Rerank.Scorer.Tokenization;

/// <summary>Hugging Face's BertPreTokenizer: words end at white space, each punctuation character is a word. Thread-safe.</summary>
internal sealed class BertPreTokenizer : PreTokenizer
{
    public override IEnumerable<(int Offset, int Length)> PreTokenize(ReadOnlySpan<char> text) => PreTokenize(text.ToString());

    public override IEnumerable<(int Offset, int Length)> PreTokenize(string text)
    {
        var start = 0;
        for (var i = 0; i < text.Length;)
        {
            var rune = Rune.GetRuneAt(text, i);
            var next = i + rune.Utf16SequenceLength;
            var kinds = BertCharacters.KindsOf(rune);
            if (kinds.Is(CharacterKinds.WhiteSpace | CharacterKinds.Punctuation))
            {
                if (start < i)
                    yield return (start, i - start);
                if (kinds.Is(CharacterKinds.Punctuation))
                    yield return (i, next - i);
                start = next;
            }

            i = next;
        }

        if (start < text.Length)
            yield return (start, text.Length - start);
    }
}
