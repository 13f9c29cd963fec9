using CsCheck;
using Rerank.Sink.Dedup;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Sink;

public sealed class BatchIdSetTests
{
    private static readonly Gen<string[]> Ids =
        Gen.OneOf(Gen.Int[0, 30].Select(number => $"s-{number}"), Gen.String["a0#=-1"], Gen.Int[0, 9].Select(number => $"{number:D3}"))
            .Array[0, 40];

    [Fact]
    public void Behaves_like_a_set_of_strings_and_is_read_back_from_its_text() => Gen.Select(Ids, Ids).Sample((added, asked) =>
    {
        var set = new BatchIdSet();
        var model = new HashSet<string>();
        foreach (var id in added)
            set.Add(id).ShouldBe(model.Add(id));

        var read = BatchIdSet.Parse(set.ToText());

        foreach (var id in added.Concat(asked))
        {
            set.Contains(id).ShouldBe(model.Contains(id));
            read.Contains(id).ShouldBe(model.Contains(id));
        }
    });

    [Fact]
    public void Numbered_ids_cost_one_interval()
    {
        var set = new BatchIdSet();
        for (var number = 0; number < 10_000; number++)
            set.Add($"host-77-{number}");

        set.ToText().ShouldBe(new Dictionary<string, string> { ["#host-77-"] = "0-9999" });
    }
}
