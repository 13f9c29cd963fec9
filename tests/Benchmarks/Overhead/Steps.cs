using System.Buffers;
using Rerank.Scorer.Models;
using Rerank.Scorer.Models.Null;
using Rerank.Scorer.Tokenization;
using Rerank.Shared.Contracts;

namespace Rerank.Benchmarks.Overhead;

/// <summary>CPU of the single steps, in this process alone: the part of the whole that is not NATS, tasks and the system.</summary>
internal static class Steps
{
    private const int Pairs = 5_000;
    private const int Rounds = 9;
    private const int MaxLength = 512;

    internal static void Run(string input)
    {
        var lines = File.ReadLines(input).Take(Pairs).Select(System.Text.Encoding.UTF8.GetBytes).ToArray();
        var pairs = lines.Select(line => PairCodec.Decode(line).Pair!).ToArray();
        var tokenizer = PairTokenizer.Load(ModelFolder.Open(BuiltinNull.Reference).TokenizerFolder);
        var buffer = new ArrayBufferWriter<byte>();
        var batch = Batch(pairs);
        var encoded = ScoredBatchCodec.Encode(batch);

        Console.WriteLine($"\nSteps alone, median of {Rounds} rounds\n\n| step | CPU µs a pair |\n|---|--:|");
        Measure("decode a pair", lines.Length, () => Array.ForEach(lines, line => PairCodec.Decode(line)));
        Measure("encode a pair", pairs.Length, () => Array.ForEach(pairs, pair =>
        {
            buffer.ResetWrittenCount();
            PairCodec.Encode(buffer, pair);
        }));
        Measure("tokenize", pairs.Length, () => Array.ForEach(pairs, pair => tokenizer.Encode(pair.Query, pair.Document, MaxLength)));
        Measure("encode a scored batch", batch.Rows.Count, () => ScoredBatchCodec.Encode(batch));
        Measure("decode a scored batch", batch.Rows.Count, () => ScoredBatchCodec.Decode(encoded));
    }

    private static void Measure(string step, int count, Action run)
    {
        run();
        var rounds = new double[Rounds];
        for (var round = 0; round < Rounds; round++)
        {
            var before = Environment.CpuUsage.TotalTime;
            run();
            rounds[round] = (Environment.CpuUsage.TotalTime - before).TotalMicroseconds / count;
        }

        Array.Sort(rounds);
        Console.WriteLine($"| {step} | {rounds[Rounds / 2]:F1} |");
    }

    /// <summary>As it is with short passes: a timing record for every four pairs.</summary>
    private static ScoredBatch Batch(Pair[] pairs)
    {
        const int Rows = 400;
        const int RowsAPass = 4;
        const long Now = 1_790_000_000_000_000;
        var rows = pairs.Take(Rows).Select((pair, i) => new ScoredRow(
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
