using System.Text;
using Rerank.Cli.Evaluation;
using Rerank.Shared.Contracts;
using Rerank.TestKit;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Samples;

public sealed class SamplesTests
{
    private static readonly Pair[] Pairs =
    [
        .. File.ReadLines(Path.Combine(Repository.Root, "samples", "pairs.jsonl"))
            .Select(line => PairCodec.Decode(Encoding.UTF8.GetBytes(line), 1 << 20).Pair.ShouldNotBeNull()),
    ];

    private static readonly Qrels Qrels = Qrels.Read(Path.Combine(Repository.Root, "samples", "qrels.txt"));

    private static readonly Ranking FirstStage = RunFile.Read(Path.Combine(Repository.Root, "samples", "first-stage.run"));

    [Fact]
    public void Every_pair_is_judged_and_every_judgement_is_of_a_pair() =>
        Pairs.Select(pair => (pair.QueryId, pair.DocumentId.ShouldNotBeNull()))
            .ShouldBe(Qrels.Queries.SelectMany(query => Qrels.Of(query).Keys.Select(document => (query, document))), ignoreOrder: true);

    [Fact]
    public void The_rank_of_a_pair_is_its_place_in_the_first_stage_run()
    {
        foreach (var query in Pairs.GroupBy(pair => pair.QueryId))
            query.OrderBy(pair => pair.Rank).Select(pair => pair.DocumentId).ShouldBe(FirstStage.Of(query.Key).Select(ranked => ranked.Document));
    }

    [Fact]
    public void Ids_are_unique_and_a_document_has_one_text()
    {
        Pairs.Select(pair => pair.Id).ShouldBeUnique();
        Pairs.GroupBy(pair => pair.DocumentId).ShouldAllBe(document => document.Select(pair => pair.Document).Distinct().Count() == 1);
        Pairs.GroupBy(pair => pair.QueryId).ShouldAllBe(query => query.Select(pair => pair.Query).Distinct().Count() == 1);
    }

    [Fact]
    public void The_first_stage_leaves_room_for_a_reranker() =>
        Quality.Of(FirstStage, Qrels).Ndcg.ShouldBeInRange(0.5, 0.75);

    [Fact]
    public void Documents_differ_in_length_so_that_batching_has_something_to_do()
    {
        var words = Pairs.Select(pair => pair.Document.Split(' ').Length).Order().ToArray();

        words[0].ShouldBeLessThan(8);
        words[^1].ShouldBeGreaterThan(200);
    }
}
