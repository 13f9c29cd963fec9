using Rerank.Scorer.Models;
using Rerank.Scorer.Models.Lexical;
using Rerank.Scorer.Simulation;
using Rerank.Scorer.Tokenization;
using Rerank.TestKit;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Scorer.Simulation;

/// <summary>The texts of the benchmarks have the lengths that they were drawn to, for the tokenizers that read them.</summary>
public sealed class WorkloadTextTests
{
    private const int Pairs = 4_096;
    private const int MaxLength = 512;

    [Fact]
    public void A_text_of_MS_MARCOs_lengths_has_a_token_a_word_for_the_built_in_vocabulary() =>
        LengthsAreThoseDrawn(PairTokenizer.Load(ModelFolder.Open(BuiltinLexical.Reference).TokenizerFolder));

    [Fact]
    public void A_text_of_MS_MARCOs_lengths_has_a_token_a_word_for_BERTs_vocabulary() => LengthsAreThoseDrawn(Bert());

    [Fact]
    public void Texts_of_MS_MARCOs_lengths_have_their_mean() => Lengths(WorkloadText.Draw).Average().ShouldBe(102.9, 1.5);

    [Fact]
    public void Skewed_texts_have_a_mean_of_84_a_95th_percentile_of_152_and_373_tokens_at_most()
    {
        var lengths = Lengths(WorkloadText.DrawSkewed).Order().ToArray();

        lengths.Average().ShouldBe(84, 1.5);
        lengths[(int)(0.95 * Pairs)].ShouldBeInRange(148, 156);
        lengths[^1].ShouldBeInRange(260, 373);
        lengths[0].ShouldBeGreaterThan(4);
    }

    private static void LengthsAreThoseDrawn(PairTokenizer tokenizer)
    {
        Lengths(WorkloadText.Draw, tokenizer).ShouldBe(Lengths(WorkloadText.Draw));
        Lengths(WorkloadText.DrawSkewed, tokenizer).ShouldBe(Lengths(WorkloadText.DrawSkewed));
    }

    private static PairTokenizer Bert()
    {
        var folder = Repository.Shared("models/bert-uncased");
        Assert.SkipWhen(folder is null, "No shared/models/bert-uncased beside the checkout.");
        return PairTokenizer.Load(folder!);
    }

    private static int[] Lengths(Func<Random, (string Query, string Document)> draw, PairTokenizer? tokenizer = null)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, Pairs).Select(_ => draw(random)).Select(pair => tokenizer is null
            ? Words(pair.Query) + Words(pair.Document) + 3
            : tokenizer.Encode(pair.Query, pair.Document, MaxLength).InputIds.Length)];
    }

    private static int Words(string text) => text.AsSpan().Count(' ') + 1;
}
