using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using Rerank.Shared.Contracts;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Shared;

public sealed class ScoredBatchCodecTests
{
    private static readonly Gen<string> Ids = TextParts.Of(4, "", "a", "\"", "é", "😀", "\0", "1:43385013");

    private static readonly Gen<float> Finite = Gen.Float.Where(float.IsFinite);

    private static readonly Gen<PassTiming> Passes =
        from name in Ids
        from number in Gen.Int[0, 100_000]
        from milliseconds in Gen.Double[0, 1e9]
        from reading in Gen.OneOf(Gen.Double[0, 1e6].Select(value => (double?)value), Gen.Const((double?)null))
        select new PassTiming
        {
            BatchId = name,
            Session = number % 7,
            StartedUs = number,
            EndedUs = long.MaxValue - number,
            Backend = "cpu",
            Device = "device",
            Precision = "fp32",
            Pairs = number,
            PassPairs = number,
            RowsPadded = number,
            Length = number,
            TokensReal = number,
            Window = number,
            CloseReason = "planned",
            PredictedMs = reading,
            RssMb = reading,
            OldestQueuedUs = number,
            BrokerMs = milliseconds,
            TokenizeMs = milliseconds,
            WindowMs = milliseconds,
            InferenceMs = milliseconds,
        };

    private static readonly Gen<ScoredBatch> Batches =
        from passes in Passes.Array[1, 3]
        from rows in Rows(passes.Length).Array[1, 20]
        from epoch in Gen.Long[0, long.MaxValue]
        select new ScoredBatch("job", epoch, "model@1/fp32/00", "scorer", rows, passes);

    [Fact]
    public void A_batch_is_read_back_as_it_was_written() => Batches.Sample(batch =>
    {
        var read = ScoredBatchCodec.Decode(ScoredBatchCodec.Encode(batch));

        read.Rows.ShouldBe(batch.Rows);
        read.Passes.ShouldBe(batch.Passes);
        (read with { Rows = batch.Rows, Passes = batch.Passes }).ShouldBe(batch);
    });

    [Fact]
    public void Damaged_bytes_are_a_format_error_and_nothing_else() =>
        Gen.Select(Batches, Gen.Select(Gen.Int[0, 5000], Gen.Byte).Array[1, 4]).Sample((batch, damage) =>
        {
            var bytes = ScoredBatchCodec.Encode(batch);
            foreach (var (at, value) in damage)
                bytes[at % bytes.Length] = value;
            try
            {
                ScoredBatchCodec.Decode(bytes).Rows.ShouldNotBeEmpty();
            }
            catch (FormatException)
            {
                // The one that is documented.
            }
        });

    [Theory]
    [InlineData("v", "2")]
    [InlineData("score", "[1.5,2.5]")]
    [InlineData("ordinal", "[]")]
    [InlineData("pass", "[1]")]
    [InlineData("pass", "[-1]")]
    [InlineData("passes", "null")]
    [InlineData("job", "null")]
    [InlineData("id", "[null]")]
    public void A_batch_that_is_not_whole_is_refused(string member, string value)
    {
        var batch = JsonNode.Parse(ScoredBatchCodec.Encode(One()))!;
        batch[member] = JsonNode.Parse(value);

        Should.Throw<FormatException>(() => ScoredBatchCodec.Decode(Encoding.UTF8.GetBytes(batch.ToJsonString())));
    }

    private static ScoredBatch One() => new(
        "job", 0, "m", "s", [new ScoredRow(0, "i", "q", null, null, 1.5f, 3, false, 0, 1, 2)], [Passes.Single()]);

    private static Gen<ScoredRow> Rows(int passes) =>
        from ordinal in Gen.Long[0, long.MaxValue]
        from id in Ids
        from documentId in Gen.OneOf(Ids, Gen.Const((string)null!))
        from rank in Gen.OneOf(Gen.Int.Select(value => (int?)value), Gen.Const((int?)null))
        from score in Finite
        from truncated in Gen.Bool
        from pass in Gen.Int[0, passes - 1]
        select new ScoredRow(ordinal, id, id, documentId, rank, score, pass, truncated, pass, ordinal, ordinal);
}
