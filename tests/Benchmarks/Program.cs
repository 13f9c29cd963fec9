using System.Globalization;
using Rerank.Benchmarks;
using Rerank.Benchmarks.Micro;
using Rerank.Benchmarks.Overhead;
using Rerank.Benchmarks.Steady;
using Rerank.Benchmarks.Whole;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
const string Usage = """
    usage: precision SAMPLES.jsonl [PAIRS.jsonl [TOKENIZER [ROUNDS [VARIANT…]]]]
                                                               speed and agreement of variants of a synthetic minilm-l6: all of them,
                                                               or those named as in its table, against the first; TOKENIZER - for none
           tokenize MODEL PAIRS.jsonl                          speed and allocations of a model's tokenizer
           memory MODEL [PAIRS]                                a Scorer's resident memory over 10,000 pairs of mixed lengths
           overhead [PAIRS]                                    what everything around the forward pass costs, with builtin:null
           measuring [PAIRS [ROUNDS]]                          what metrics cost: the same job with and without them, in turns
           micro                                               planning, messages, tokens and Parquet, each alone
           whole MODEL msmarco|skewed|PAIRS.jsonl [OPTIONS]    the pipeline beside bare loops and transformers.js (docs/benchmarks.md)
           steady MODEL msmarco|skewed|PAIRS.jsonl [OPTIONS]   the same in the midst of a job, in turns of seconds
    """;
switch (args)
{
    case ["precision", var samples, .. var pairs]:
        new PrecisionBenchmark(
            samples,
            pairs.FirstOrDefault() ?? samples,
            pairs.ElementAtOrDefault(1) is { } folder and not "-" ? folder : null,
            int.Parse(pairs.ElementAtOrDefault(2) ?? "7"),
            [.. pairs.Skip(3)]).Run();
        return 0;
    case ["tokenize", var model, var pairs]:
        TokenizeBenchmark.Run(model, pairs);
        return 0;
    case ["memory", var model, .. var more]:
        await MemoryBenchmark.RunAsync(model, int.Parse(more.FirstOrDefault() ?? "10000"));
        return 0;
    case ["overhead", .. var count]:
        await OverheadBenchmark.RunAsync(int.Parse(count.FirstOrDefault() ?? "300000", CultureInfo.InvariantCulture));
        return 0;
    case ["measuring", .. var counts]:
        await MeasuringBenchmark.RunAsync(
            int.Parse(counts.ElementAtOrDefault(0) ?? "200000", CultureInfo.InvariantCulture),
            int.Parse(counts.ElementAtOrDefault(1) ?? "6", CultureInfo.InvariantCulture));
        return 0;
    case ["micro"]:
        await MicroBenchmark.RunAsync();
        return 0;
    case ["whole", .. var arguments]:
        return await WholeBenchmark.RunAsync(arguments);
    case ["steady", .. var arguments]:
        return await SteadyBenchmark.RunAsync(arguments);
    case ["ingest" or "scorer" or "sink" or "run", .. var settings]:
        return await OverheadBenchmark.RunPartAsync(args[0], settings);
    default:
        Console.Error.WriteLine(Usage);
        return 2;
}
