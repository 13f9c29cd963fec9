using Rerank.Scorer.Inference;

namespace Rerank.Benchmarks.Micro;

/// <summary>The single steps around a forward pass, each alone in this process.</summary>
internal static class MicroBenchmark
{
    internal static async Task RunAsync()
    {
        Console.WriteLine($"{DeviceName.OfCpu()}, CPU time of one process, medians of {CpuMedian.Rounds} rounds (Parquet: 5)\n");
        Console.WriteLine(CpuMedian.Header);
        foreach (var line in PlanSteps.Lines().Concat(CodecSteps.Lines()))
            Console.WriteLine(line);
        foreach (var line in await ParquetSteps.LinesAsync(CodecSteps.Batch()))
            Console.WriteLine(line);
    }
}
