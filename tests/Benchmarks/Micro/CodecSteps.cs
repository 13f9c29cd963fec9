using System.Buffers;
using Rerank.Scorer.Models;
using Rerank.Scorer.Models.Null;
using Rerank.Scorer.Simulation;
using Rerank.Scorer.Tokenization;
using Rerank.Shared.Contracts;

namespace Rerank.Benchmarks.Micro;

/// <summary>Messages between the stages, and tokens: what surrounds a forward pass and is not NATS, tasks or the system.</summary>
internal static class CodecSteps
{
    private const int Pairs = 5_000;
    private const int MaxLength = 512;

    // A batch alone is over sooner than the clock of CPU time ticks.
    private const int Batches = 50;

    internal static IEnumerable<string> Lines()
    {
        var pairs = Drawn();
        var buffer = new ArrayBufferWriter<byte>();
        var messages = pairs.Select(Encoded).ToArray();
        var tokenizer = PairTokenizer.Load(ModelFolder.Open(BuiltinNull.Reference).TokenizerFolder);
        var batch = Batch();
        var encoded = ScoredBatchCodec.Encode(batch);

        yield return OfPairs("decode a pair", () => Array.ForEach(messages, message => PairCodec.Decode(message)));
        yield return OfPairs("encode a pair", () => Array.ForEach(pairs, pair =>
        {
            buffer.ResetWrittenCount();
            PairCodec.Encode(buffer, pair);
        }));
        yield return OfPairs("tokenize", () => Array.ForEach(pairs, pair => tokenizer.Encode(pair.Query, pair.Document, MaxLength)));
        yield return OfBatches("encode a scored batch", () => ScoredBatchCodec.Encode(batch));
        yield return OfBatches("decode a scored batch", () => ScoredBatchCodec.Decode(encoded));

        string OfPairs(string step, Action run) => CpuMedian.Row(step, "pair", pairs.Length, run);

        string OfBatches(string step, Action once) => CpuMedian.Row(step, "pair", batch.Rows.Count * Batches, () =>
        {
            for (var i = 0; i < Batches; i++)
                once();
        });
    }

    private static Pair[] Drawn()
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, Pairs).Select(i =>
        {
            var (query, document) = WorkloadText.Draw(random);
            return new Pair($"p{i}", $"q{i}", $"d{i}", Rank: 1, query, document, Truncated: false);
        })];
    }

    private static byte[] Encoded(Pair pair)
    {
        var buffer = new ArrayBufferWriter<byte>();
        PairCodec.Encode(buffer, pair);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>As it is with short passes: a timing record for every four pairs.</summary>
    internal static ScoredBatch Batch()
    {
        const int Rows = 400;
        const int RowsAPass = 4;
        const long Now = 1_790_000_000_000_000;
        var rows = Drawn().Take(Rows).Select((pair, i) => new ScoredRow(
            i, pair.Id, pair.QueryId, pair.DocumentId, pair.Rank, 1.25f / (i + 1), 103, Truncated: false, i / RowsAPass, Now + i, Now + i + 100));
        var passes = Enumerable.Range(0, Rows / RowsAPass).Select(i => new PassTiming
        {
            BatchId = $"host-1234-abcdef-{i}",
            Session = 0,
            StartedUs = Now + i,
            EndedUs = Now + i + 500,
            Backend = "cpu",
            Device = "a processor of some name",
            Precision = "fp32",
            Pairs = RowsAPass,
            PassPairs = RowsAPass,
            RowsPadded = RowsAPass,
            Length = 128,
            TokensReal = 412,
            Window = 256,
            CloseReason = "planned",
            CpuPercent = 187.25,
            RssMb = 212.5,
            OldestQueuedUs = Now,
            BrokerMs = 12.345,
            TokenizeMs = 0.123,
            WindowMs = 4.567,
            InferenceMs = 0.5,
        });
        return new ScoredBatch("job", 0, "builtin:null@1/fp32/0123456789abcdef", "host-1234-abcdef", [.. rows], [.. passes]);
    }
}
