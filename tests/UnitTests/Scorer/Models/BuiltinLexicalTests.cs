using CsCheck;
using Rerank.Scorer.Models;
using Rerank.Scorer.Models.Lexical;
using Rerank.Scorer.Tokenization;
using Rerank.TestKit;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Scorer.Models;

public sealed class BuiltinLexicalTests : IDisposable
{
    private static readonly Dictionary<string, long> Ids = LexicalVocabulary.Pieces.Select((piece, id) => (piece, (long)id)).ToDictionary();

    private readonly TemporaryFolder _folder = TemporaryFolder.Create();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Made_anew_it_is_the_same_bytes_as_everywhere()
    {
        BuiltinLexical.Folder.Write(_folder.Path);

        BuiltinFolder.HashOf(_folder.Path).ShouldBe(BuiltinLexical.Folder.ContentHash);
    }

    [Fact]
    public void A_damaged_copy_in_the_cache_is_made_again()
    {
        var folder = BuiltinLexical.Folder.Ensure(_folder.Path);
        File.WriteAllText(Path.Combine(folder, "model.onnx"), "half");

        BuiltinLexical.Folder.Ensure(_folder.Path).ShouldBe(folder);

        BuiltinFolder.HashOf(folder).ShouldBe(BuiltinLexical.Folder.ContentHash);
    }

    [Fact]
    public async Task Many_at_once_leave_one_whole_copy_and_nothing_else()
    {
        var folders = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => BuiltinLexical.Folder.Ensure(_folder.Path))));

        var folder = folders.Distinct().ShouldHaveSingleItem();
        BuiltinFolder.HashOf(folder).ShouldBe(BuiltinLexical.Folder.ContentHash);
        Directory.GetFileSystemEntries(Path.GetDirectoryName(folder)!).ShouldBe([folder]);
    }

    [Fact]
    public void A_cache_that_is_a_file_is_refused_with_the_variable_to_set()
    {
        File.WriteAllText(_folder.File("cache"), "");

        Should.Throw<ModelException>(() => BuiltinLexical.Folder.Ensure(_folder.File("cache"))).Message.ShouldContain("RERANK_CACHE");
    }

    [Fact]
    public void Ranks_by_rare_words_shared_in_a_short_text()
    {
        using var model = Open();
        var query = Pieces("the cancer of the lung");
        float[] scores =
        [
            Score(model, query, Pieces("the cancer of the lung")),
            Score(model, query, Pieces("a study of lung cancer in the state of the water and the market")),
            Score(model, query, Pieces("a study of lung health in the state of the water and the market")),
            Score(model, query, Pieces("the state of the water and the price of the market in the city")),
            Score(model, query, Pieces("city market price")),
        ];

        scores.ShouldBe(scores.OrderDescending());
        scores[1].ShouldBeGreaterThan(3 * scores[3]);
        scores[4].ShouldBe(0);
    }

    [Fact]
    public void Ranks_text_that_its_tokenizer_reads()
    {
        var folder = BuiltinLexical.Folder.Ensure(_folder.Path);
        var tokenizer = PairTokenizer.Load(folder);
        using var model = new ModelRun(Path.Combine(folder, "model.onnx"));
        string[] documents =
        [
            "How to prune apple trees: prune in winter, and cut back to a bud.",
            "Apple trees bear fruit in late summer; most varieties keep well.",
            "The trees of the boulevard were cut down for the tram.",
        ];

        var scores = documents
            .Select(document => tokenizer.Encode("pruning an apple tree in winter", document, maxLength: 64))
            .Select(pair => model.Scores(
                pair.InputIds.Length,
                ([.. pair.InputIds.Select(id => (long)id)], [.. pair.InputIds.Select((_, i) => i < pair.FirstDocumentToken ? 0L : 1L)]))[0])
            .ToArray();

        scores.ShouldBe(scores.OrderDescending());
        scores.Distinct().Count().ShouldBe(documents.Length);
    }

    [Fact]
    public void A_word_unknown_to_the_vocabulary_matches_as_a_whole_more_than_by_its_chunks()
    {
        using var model = Open();
        var query = Pieces("met ##for ##min");

        Score(model, query, Pieces("use met ##for ##min now"))
            .ShouldBeGreaterThan(1.5f * Score(model, query, Pieces("met ##al use ##for ##ge now ##min")));
    }

    [Fact]
    public void Unknown_pieces_and_symbols_never_count()
    {
        using var model = Open();

        Score(model, Pieces("[UNK] . ,"), Pieces("[UNK] . ,")).ShouldBe(0);
        Score(model, [], []).ShouldBe(0);
    }

    [Fact]
    public void Scores_are_the_same_to_the_last_bit_whatever_the_padding_and_the_batch()
    {
        using var model = Open();
        var id = Gen.Long[0, 300].Select(value => value < 5 ? 1 : value);
        var pair = Gen.Select(id.Array[0, 12], id.Array[0, 60]).Select(texts => ModelRun.Pair(texts.Item1, texts.Item2));

        Gen.Select(pair.Array[1, 6], Gen.Int[0, 40]).Sample(
            (pairs, padding) =>
            {
                var alone = pairs.Select(one => model.Scores(one.Ids.Length, one)[0]);
                var together = model.Scores(pairs.Max(one => one.Ids.Length) + padding, pairs);
                together.ShouldBe(alone);
            },
            iter: 200);
    }

    private ModelRun Open() => new(Path.Combine(BuiltinLexical.Folder.Ensure(_folder.Path), "model.onnx"));

    private static float Score(ModelRun model, long[] query, long[] document)
    {
        var pair = ModelRun.Pair(query, document);
        return model.Scores(pair.Ids.Length, pair)[0];
    }

    private static long[] Pieces(string text) =>
        [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(piece => Ids[piece])];
}
