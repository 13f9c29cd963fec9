using System.Globalization;
using Rerank.Benchmarks;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
const string Usage = """
    usage: precision SAMPLES.jsonl [PAIRS.jsonl [TOKENIZER]]   speed and agreement of every variant of a synthetic minilm-l6
           tokenize MODEL PAIRS.jsonl                          speed and allocations of a model's tokenizer
    """;
switch (args)
{
    case ["precision", var samples, .. var pairs]:
        PrecisionBenchmark.Run(samples, pairs.FirstOrDefault() ?? samples, pairs.ElementAtOrDefault(1));
        return 0;
    case ["tokenize", var model, var pairs]:
        TokenizeBenchmark.Run(model, pairs);
        return 0;
    default:
        Console.Error.WriteLine(Usage);
        return 2;
}
