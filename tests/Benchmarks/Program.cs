using System.Globalization;
using Rerank.Benchmarks;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
const string Usage = "usage: precision SAMPLES.jsonl [PAIRS.jsonl [TOKENIZER]]   speed and agreement of every variant of a synthetic minilm-l6";
if (args is not ["precision", var samples, .. var pairs])
{
    Console.Error.WriteLine(Usage);
    return 2;
}

PrecisionBenchmark.Run(samples, pairs.FirstOrDefault() ?? samples, pairs.ElementAtOrDefault(1));
return 0;
