using CsCheck;
using Microsoft.ML.Tokenizers;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Scorer.Tokenization;

/// <summary>The second reference beside Hugging Face's: Microsoft.ML.Tokenizers, on words that both take as they are.</summary>
public sealed class WordPieceLibraryTests
{
    // Few letters, so that random words have pieces in common.
    private const string Pieces = "a b c ab abc ca bca ##a ##b ##c ##ab ##bc ##cab ##abca";

    private static readonly Gen<string> Words =
        Gen.Char["abcd"].Array[1, 12].Select(letters => new string(letters)).Array[1, 8].Select(words => string.Join(' ', words));

    [Fact]
    public void Words_are_cut_into_the_pieces_of_the_library()
    {
        using var model = TinyModel.FromVocabulary(Pieces);
        using var vocabulary = new MemoryStream(File.ReadAllBytes(Path.Combine(model.Folder, "vocab.txt")));
        var library = WordPieceTokenizer.Create(vocabulary, new WordPieceOptions { UnknownToken = "[UNK]" });

        Words.Sample(text =>
        {
            var pair = model.Tokenizer.Encode("", text, maxLength: 512);
            pair.InputIds[pair.FirstDocumentToken..^1].ShouldBe([.. library.EncodeToIds(text)]);
        });
    }
}
