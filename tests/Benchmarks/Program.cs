using System.Globalization;
using Rerank.Benchmarks;
using Rerank.Benchmarks.Micro;
using Rerank.Benchmarks.Overhead;
using Rerank.Benchmarks.Whole;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
const string Usage = """
    usage: precision SAMPLES.jsonl [PAIRS.jsonl [TOKENIZER]]   speed and agreement of every variant of a synthetic minilm-l6
           tokenize MODEL PAIRS.jsonl                          speed and allocations of a model's tokenizer
           memory MODEL [PAIRS [LANES]]                        resident memory over 10,000 pairs of mixed lengths; two lanes
           overhead [PAIRS]                                    what everything around the forward pass costs, with builtin:null
           micro                                               planning, messages, tokens and Parquet, each alone
           whole MODEL msmarco|skewed|PAIRS.jsonl [OPTIONS]    the pipeline beside bare loops and transformers.js (docs/benchmarks.md)
    """;
switch (args)
{
    case ["precision", var samples, .. var pairs]:
        PrecisionBenchmark.Run(samples, pairs.FirstOrDefault() ?? samples, pairs.ElementAtOrDefault(1));
        return 0;
    case ["tokenize", var model, var pairs]:
        TokenizeBenchmark.Run(model, pairs);
        return 0;
    case ["memory", var model, .. var more]:
        MemoryBenchmark.Run(model, int.Parse(more.ElementAtOrDefault(0) ?? "10000"), int.Parse(more.ElementAtOrDefault(1) ?? "2"));
        return 0;
    case ["overhead", .. var count]:
        await OverheadBenchmark.RunAsync(int.Parse(count.FirstOrDefault() ?? "300000", CultureInfo.InvariantCulture));
        return 0;
    case ["micro"]:
        await MicroBenchmark.RunAsync();
        return 0;
    case ["whole", .. var arguments]:
        return await WholeBenchmark.RunAsync(arguments);
    case ["ingest" or "scorer" or "sink" or "run", .. var settings]:
        return await OverheadBenchmark.RunPartAsync(args[0], settings);
    default:
        Console.Error.WriteLine(Usage);
        return 2;
}
