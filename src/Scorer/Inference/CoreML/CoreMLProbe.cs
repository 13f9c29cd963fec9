using System.Diagnostics;
using Microsoft.ML.OnnxRuntime;
using Rerank.Scorer.Models;
using Rerank.Scorer.Tokenization;

namespace Rerank.Scorer.Inference.CoreML;

/// <summary>What CoreML makes of a model, found by running made-up pairs on it and on the CPU.</summary>
/// <param name="Partitions">Parts of the graph that went to the provider.</param>
/// <param name="CpuNodes">Nodes that stayed on the CPU.</param>
/// <param name="LargestDifference">Between a score on CoreML and the same on the CPU; NaN if a score is no finite number.</param>
/// <param name="RowsPerSecond">On CoreML, one pass at a time.</param>
/// <param name="CpuRowsPerSecond">On the CPU, as if every core ran passes.</param>
internal sealed record CoreMLProbe(
    int Partitions, int CpuNodes, double LargestDifference, double RowsPerSecond, double CpuRowsPerSecond)
{
    private const int TimedRuns = 5;

    /// <summary>Runs the pairs on both. Compiles the model for one shape, which may take a while the first time.</summary>
    /// <param name="coreML">Opens sessions of the backend under test.</param>
    /// <param name="cpu">Opens sessions of the CPU.</param>
    /// <param name="provider">Name of the provider under test.</param>
    /// <param name="pairs">At least one.</param>
    /// <param name="shape">Holds the longest of the pairs.</param>
    /// <exception cref="ModelException">A session cannot be opened, or fails.</exception>
    internal static CoreMLProbe Measure(
        SessionFactory coreML, SessionFactory cpu, string provider, IReadOnlyList<TokenizedPair> pairs, PassShape shape)
    {
        var prefix = Path.Combine(Path.GetTempPath(), $"rerank-probe-{Guid.NewGuid():N}");
        var rows = Enumerable.Range(0, shape.Rows).Select(row => pairs[row % pairs.Count]).ToArray();
        try
        {
            var (expected, cpuRate, _) = Run(cpu, rows, shape, profilePrefix: null);
            var (scores, rate, profile) = Run(coreML, rows, shape, prefix);
            return new CoreMLProbe(
                profile!.CountOn(provider),
                profile.CountOn(Backends.ProviderOf(Backend.Cpu)),
                scores.All(float.IsFinite) ? scores.Zip(expected, (ours, theirs) => Math.Abs(ours - theirs)).Max() : double.NaN,
                rate,
                cpuRate * Environment.ProcessorCount);
        }
        catch (OnnxRuntimeException e)
        {
            throw new ModelException($"The probe failed: {RuntimeMessage.Of(e)}", e);
        }
    }

    private static (float[] Scores, double RowsPerSecond, NodePlacement? Placement) Run(
        SessionFactory factory, TokenizedPair[] rows, PassShape shape, string? profilePrefix)
    {
        using var encoder = factory.Open(shape, profilePrefix);
        var buffers = new PassBuffers();
        var scores = encoder.Run(rows, shape.Length, buffers).ToArray();
        var milliseconds = Enumerable.Range(0, TimedRuns).Select(_ =>
        {
            var started = Stopwatch.GetTimestamp();
            encoder.Run(rows, shape.Length, buffers);
            return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        }).Order().ElementAt(TimedRuns / 2);
        return (scores, 1000 * rows.Length / milliseconds, profilePrefix is null ? null : NodePlacement.Take(encoder.EndProfiling()));
    }
}
