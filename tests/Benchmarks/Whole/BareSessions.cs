using Microsoft.ML.OnnxRuntime;
using Rerank.Scorer.Inference;
using Rerank.Scorer.Models;

namespace Rerank.Benchmarks.Whole;

/// <summary>The two layouts of a CPU's threads, opened on first use.</summary>
internal sealed class BareSessions : IDisposable
{
    internal BareSessions(ModelFolder model, int padTokenId)
    {
        Cores = Environment.ProcessorCount;
        OneThread = new Lazy<CrossEncoder>(() => CrossEncoder.LoadForCpu(model, padTokenId));
        AllThreads = new Lazy<CrossEncoder>(() => Load(model, padTokenId, Cores));
    }

    internal int Cores { get; }

    /// <summary>The Scorer's: one thread a pass, for a caller a core.</summary>
    internal Lazy<CrossEncoder> OneThread { get; }

    /// <summary>A thread a core for a pass, for one caller; ONNX Runtime's defaults else, spinning included.</summary>
    internal Lazy<CrossEncoder> AllThreads { get; }

    public void Dispose()
    {
        foreach (var session in new[] { OneThread, AllThreads }.Where(session => session.IsValueCreated))
            session.Value.Dispose();
    }

    private static CrossEncoder Load(ModelFolder model, int padTokenId, int threads)
    {
        using var options = new SessionOptions
        {
            IntraOpNumThreads = threads,
            InterOpNumThreads = 1,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        return CrossEncoder.Load(model, padTokenId, options);
    }
}
