using System.Collections.Concurrent;
using System.Diagnostics;
using Rerank.Scorer.Inference;

namespace Rerank.Benchmarks.Whole;

/// <summary>
/// A loop over pairs that were tokenized and cut into passes beforehand, on ONNX Runtime alone: nothing is read, queued or written. The
/// callers take passes from one queue, so that all are busy to the end.
/// </summary>
/// <param name="name">As the table has it.</param>
/// <param name="workload">The pairs.</param>
/// <param name="encoder">The session, shared by the callers.</param>
/// <param name="callers">Passes side by side.</param>
/// <param name="cut">Lengths of pairs to the indices of each pass.</param>
internal sealed class BareSystem(
    string name,
    WholeWorkload workload,
    Lazy<CrossEncoder> encoder,
    int callers,
    Func<IReadOnlyList<int>, IReadOnlyList<int[]>> cut) : ISystem
{
    private readonly PassBuffers[] _buffers = [.. Enumerable.Range(0, callers).Select(_ => new PassBuffers())];

    public string Name => name;

    public int MostPairs => int.MaxValue;

    public Task<Measurement> MeasureAsync(int pairs)
    {
        var lengths = workload.Lengths.Take(pairs).ToArray();
        var passes = cut(lengths);
        var queue = new ConcurrentQueue<int[]>(passes);
        var scores = new float[pairs];
        var session = encoder.Value;

        var threads = _buffers.Select(own => new Thread(() => Run(session, queue, own, scores))).ToArray();
        var cpu = Environment.CpuUsage.TotalTime;
        var began = Stopwatch.GetTimestamp();
        foreach (var thread in threads)
            thread.Start();
        foreach (var thread in threads)
            thread.Join();
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        var cpuSeconds = (Environment.CpuUsage.TotalTime - cpu).TotalSeconds;
        return Task.FromResult(new Measurement(seconds, cpuSeconds, PassCuts.PaddingWaste(passes, lengths), scores));
    }

    private void Run(CrossEncoder session, ConcurrentQueue<int[]> queue, PassBuffers own, float[] scores)
    {
        while (queue.TryDequeue(out var pass))
        {
            var pairs = pass.Select(index => workload.Tokens[index]).ToArray();
            var logits = session.Run(pairs, pairs.Max(pair => pair.InputIds.Length), own).Span;
            for (var row = 0; row < pass.Length; row++)
                scores[pass[row]] = logits[row];
        }
    }
}
