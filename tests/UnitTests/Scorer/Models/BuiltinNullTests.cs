using Rerank.Scorer.Inference;
using Rerank.Scorer.Models;
using Rerank.Scorer.Models.Null;
using Rerank.Scorer.Tokenization;
using Rerank.TestKit;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Scorer.Models;

public sealed class BuiltinNullTests : IDisposable
{
    private readonly TemporaryFolder _folder = TemporaryFolder.Create();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Made_anew_it_is_the_same_bytes_as_everywhere()
    {
        BuiltinNull.Folder.Write(_folder.Path);

        BuiltinFolder.HashOf(_folder.Path).ShouldBe(BuiltinNull.Folder.ContentHash);
    }

    [Fact]
    public void Its_scores_are_said_to_come_from_it()
    {
        ModelFolder.Open(BuiltinNull.Reference, _folder.Path).Identity
            .ShouldBe($"builtin:null@1/fp32/{BuiltinNull.Folder.ContentHash[..16]}");
    }

    [Fact]
    public void The_score_is_a_millionth_a_token_whatever_the_padding()
    {
        var model = ModelFolder.Open(BuiltinNull.Reference, _folder.Path);
        var tokenizer = PairTokenizer.Load(model.TokenizerFolder);
        using var encoder = CrossEncoder.LoadForCpu(model, tokenizer.PadTokenId);
        TokenizedPair[] pairs =
        [
            tokenizer.Encode("the city", "a market in the city", maxLength: 64),
            tokenizer.Encode("water", "the state of the water and the price of the market", maxLength: 64),
        ];

        encoder.Run(pairs, 40, new PassBuffers()).ToArray()
            .ShouldBe(pairs.Select(pair => pair.InputIds.Length * 1e-6f));
    }
}
