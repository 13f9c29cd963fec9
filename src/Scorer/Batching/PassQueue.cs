using System.Collections.Concurrent;
using Rerank.Shared.Contracts;

namespace Rerank.Scorer.Batching;

/// <summary>
/// The window between pullers and lanes: a <see cref="Batcher{TPair}"/> behind a lock. Bounded by the pullers' credits, which follow its
/// <see cref="Batcher{TPair}.PullTarget"/>. Thread-safe.
/// </summary>
internal sealed class PassQueue(Batcher<ReadyPair> batcher, TimeProvider time)
{
    // Arrivals do not wait for the lock: it is held for as long as a plan is made.
    private readonly ConcurrentQueue<(ReadyPair Pair, long AtUs)> _arrived = new();
    private readonly object _gate = new();
    private int _idleLanes;
    private int _pullTarget = batcher.PullTarget;
    private bool _closed;
    private volatile bool _mayGatherScores;

    /// <summary>Pairs that should be here and not yet in a pass.</summary>
    internal int PullTarget => Volatile.Read(ref _pullTarget);

    /// <summary>As the batcher saw it when the last pass was taken: <see cref="Batcher{TPair}.MayGatherScores"/>.</summary>
    internal bool MayGatherScores => _mayGatherScores;

    /// <summary>Is told of each change of <see cref="PullTarget"/>, one after the other; must return at once.</summary>
    internal Action<int>? PullTargetChanged { get; set; }

    internal void Add(ReadyPair pair)
    {
        _arrived.Enqueue((pair, time.GetUnixMicroseconds()));
        // With the barrier in Take: either the idle lane sees the pair, or this sees the lane.
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _idleLanes) == 0)
            return;
        lock (_gate)
            Monitor.Pulse(_gate);
    }

    /// <summary>Blocks the calling lane until there is a pass; null when the queue is closed.</summary>
    internal ForwardPass<ReadyPair>? Take()
    {
        ForwardPass<ReadyPair>? pass;
        lock (_gate)
        {
            while ((pass = _closed ? null : Next()) is null && !_closed)
                WaitForArrivals();
            _mayGatherScores = !_closed && batcher.MayGatherScores;
            TellPullTarget();
        }

        foreach (var pair in pass?.Pairs ?? [])
            pair.Job.Credits.Return(1);
        return pass;
    }

    /// <summary>A pass that a lane took has ended.</summary>
    /// <param name="pass">The pass.</param>
    /// <param name="inferenceMs">What it took; not a number if it failed.</param>
    internal void Done(ForwardPass<ReadyPair> pass, double inferenceMs)
    {
        lock (_gate)
            batcher.OnPassDone(pass, inferenceMs, time.GetUnixMicroseconds());
    }

    /// <summary>Scores are durable in the queue.</summary>
    internal void Scored(IReadOnlyList<ScoredRow> rows)
    {
        var nowUs = time.GetUnixMicroseconds();
        lock (_gate)
        {
            foreach (var row in rows)
                batcher.OnScored(row.QueuedUs, row.ReceivedUs, nowUs);
        }
    }

    /// <summary>What the batcher sees and decides now.</summary>
    internal BatcherState Look()
    {
        lock (_gate)
        {
            TakeIn();
            batcher.OnTick(time.GetUnixMicroseconds());
            TellPullTarget();
            return batcher.State;
        }
    }

    /// <summary>Lets the lanes end after their passes in hand; the number of pairs that none of them took.</summary>
    internal int Close()
    {
        lock (_gate)
        {
            _closed = true;
            Monitor.PulseAll(_gate);
            TakeIn();
            return batcher.Waiting;
        }
    }

    private ForwardPass<ReadyPair>? Next()
    {
        TakeIn();
        return batcher.OnLaneFree(time.GetUnixMicroseconds());
    }

    private void WaitForArrivals()
    {
        Interlocked.Increment(ref _idleLanes);
        if (_arrived.IsEmpty)
            Monitor.Wait(_gate);
        Interlocked.Decrement(ref _idleLanes);
    }

    private void TakeIn()
    {
        while (_arrived.TryDequeue(out var arrived))
            batcher.OnArrived(arrived.Pair, arrived.AtUs);
    }

    private void TellPullTarget()
    {
        if (batcher.PullTarget is var target && target == _pullTarget)
            return;
        Volatile.Write(ref _pullTarget, target);
        PullTargetChanged?.Invoke(target);
    }
}
