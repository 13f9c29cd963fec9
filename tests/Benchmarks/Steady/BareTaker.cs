using System.Collections.Concurrent;
using Rerank.Benchmarks.Whole;
using Rerank.Scorer.Inference;

namespace Rerank.Benchmarks.Steady;

/// <summary>A bare loop over ONNX Runtime, in this process.</summary>
/// <param name="key">As <c>--only</c> names it.</param>
/// <param name="title">What it is.</param>
/// <param name="workload">The pairs.</param>
/// <param name="encoder">The session, shared by the callers.</param>
/// <param name="callers">Passes side by side.</param>
/// <param name="passes">Indices of the pairs of each pass; they are run over and over.</param>
internal sealed class BareTaker(
    string key, string title, WholeWorkload workload, Lazy<CrossEncoder> encoder, int callers, IReadOnlyList<int[]> passes) : ITurnTaker
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);

    private readonly ConcurrentQueue<ScoredPass> _done = new();
    // Held by a caller for the time of a pass, and by the benchmark between two turns.
    private readonly SemaphoreSlim[] _turns = [.. Enumerable.Range(0, callers).Select(_ => new SemaphoreSlim(0, 1))];
    private Thread[] _callers = [];
    private int _next = -1;
    private volatile bool _ended;

    public string Key => key;

    public string Title => title;

    public double CpuSeconds => Environment.CpuUsage.TotalTime.TotalSeconds;

    public async Task PrepareAsync()
    {
        _callers = [.. _turns.Select(turn => new Thread(() => Run(turn)) { IsBackground = true })];
        foreach (var caller in _callers)
            caller.Start();
        Resume();
        await Task.Delay(WarmUp, TimeProvider.System);
        await PauseAsync();
    }

    public void Resume()
    {
        foreach (var turn in _turns)
            turn.Release();
    }

    public Task PauseAsync() => Task.WhenAll(_turns.Select(turn => turn.WaitAsync()));

    public Task<IReadOnlyList<ScoredPass>> EndAsync()
    {
        _ended = true;
        Resume();
        foreach (var caller in _callers)
            caller.Join();
        return Task.FromResult<IReadOnlyList<ScoredPass>>([.. _done]);
    }

    public ValueTask DisposeAsync()
    {
        foreach (var turn in _turns)
            turn.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Run(SemaphoreSlim turn)
    {
        var buffers = new PassBuffers();
        while (true)
        {
            turn.Wait();
            if (_ended)
                return;
            var pairs = passes[(int)((uint)Interlocked.Increment(ref _next) % passes.Count)].Select(index => workload.Tokens[index]).ToArray();
            var from = Stretch.Now;
            encoder.Value.Run(pairs, pairs.Max(pair => pair.InputIds.Length), buffers);
            _done.Enqueue(new ScoredPass(from, Stretch.Now, pairs.Length, pairs.Sum(pair => (long)pair.InputIds.Length)));
            turn.Release();
        }
    }
}
