using Rerank.Scorer.Gate;
using Rerank.Scorer.Models;
using Rerank.Scorer.Tokenization;
using Rerank.TestKit;
using Rerank.UnitTests.Scorer.Tokenization;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Scorer.Gate;

public sealed class TokenizerCheckTests : IDisposable
{
    private readonly TemporaryFolder _folder = TemporaryFolder.Create();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_built_in_tokenizer_agrees_with_the_library_on_every_piece_of_its_vocabulary()
    {
        var folder = Lexical;

        var check = TokenizerCheck.Of(folder);

        check.Different.ShouldBe(0);
        check.FirstDifference.ShouldBeNull();
        check.Tokens.ShouldBeGreaterThan(File.ReadLines(Path.Combine(folder, "vocab.txt")).Count());
        check.ToString().ShouldBe($"{check.Texts} of {check.Texts} sample texts ({check.Tokens:N0} tokens) as Microsoft.ML.Tokenizers has them");
    }

    [Fact]
    public void A_vocabulary_in_tokenizer_json_with_ids_out_of_order_and_gaps_is_checked_too()
    {
        using var model = TinyModel.FromJson("a b c ab ##c", json => json["model"]!["vocab"]!["ab"] = 5_000);

        var check = TokenizerCheck.Of(model.Folder);

        check.Different.ShouldBe(0);
        model.Tokenizer.Encode("", "ab abc", maxLength: 100).InputIds.Count(id => id == 5_000).ShouldBe(2);
    }

    [Fact]
    public void A_piece_that_the_loop_does_not_find_is_noticed()
    {
        var folder = Lexical;

        var check = TokenizerCheck.Of(WithoutOnePiece(folder, _folder.File("broken")), folder);

        check.Different.ShouldBe(1);
        check.ToString().ShouldContain("1 of ");
        check.ToString().ShouldContain($"'{check.FirstDifference}'");
    }

    [Fact]
    public void A_tokenizer_that_the_library_has_not_is_said_to_be_not_checked()
    {
        using var model = TinyUnigram.Of("▁a:-1 b:-2.5");

        TokenizerCheck.Of(model.Folder).ToString().ShouldStartWith("not checked: ");
    }

    /// <summary>The tokenizer of a folder with <c>vocab.txt</c>, blind for its last piece, as one with a damaged trie would be.</summary>
    internal static PairTokenizer WithoutOnePiece(string folder, string copy)
    {
        var pieces = File.ReadAllLines(Path.Combine(folder, "vocab.txt"));
        pieces[^1] = "no piece";
        Directory.CreateDirectory(copy);
        File.WriteAllLines(Path.Combine(copy, "vocab.txt"), pieces);
        return PairTokenizer.Load(copy);
    }

    private string Lexical => ModelFolder.Open("builtin:lexical", _folder.File("cache")).TokenizerFolder;
}
