using System.Globalization;
using Rerank.Benchmarks;
using Rerank.Benchmarks.Overhead;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
const string Usage =
    """
    usage: precision SAMPLES.jsonl [PAIRS.jsonl [TOKENIZER]]   speed and agreement of every variant of a synthetic minilm-l6
           overhead [PAIRS]                                    what everything around the forward pass costs, with builtin:null
    """;
switch (args)
{
    case ["precision", var samples, .. var pairs]:
        PrecisionBenchmark.Run(samples, pairs.FirstOrDefault() ?? samples, pairs.ElementAtOrDefault(1));
        return 0;
    case ["overhead", .. var count]:
        await OverheadBenchmark.RunAsync(int.Parse(count.FirstOrDefault() ?? "300000", CultureInfo.InvariantCulture));
        return 0;
    case ["ingest" or "scorer" or "sink" or "run", .. var settings]:
        return await OverheadBenchmark.RunPartAsync(args[0], settings);
    default:
        Console.Error.WriteLine(Usage);
        return 2;
}
