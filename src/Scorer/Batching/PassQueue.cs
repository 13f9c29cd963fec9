using Rerank.Shared.Contracts;

namespace Rerank.Scorer.Batching;

/// <summary>The window between pullers and lanes: a <see cref="Batcher{TPair}"/> behind a lock. Bounded by the pullers' credits.</summary>
internal sealed class PassQueue(Batcher<ReadyPair> batcher, TimeProvider time)
{
    private readonly object _gate = new();
    private bool _closed;

    internal void Add(ReadyPair pair)
    {
        lock (_gate)
        {
            batcher.OnArrived(pair, time.GetUnixMicroseconds());
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Blocks the calling lane until there is a pass; null when the queue is closed.</summary>
    internal ForwardPass<ReadyPair>? Take()
    {
        ForwardPass<ReadyPair>? pass;
        lock (_gate)
        {
            while ((pass = _closed ? null : batcher.OnLaneFree(time.GetUnixMicroseconds())) is null && !_closed)
                Monitor.Wait(_gate);
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

    /// <summary>Lets the lanes end after their passes in hand; the number of pairs that none of them took.</summary>
    internal int Close()
    {
        lock (_gate)
        {
            _closed = true;
            Monitor.PulseAll(_gate);
            return batcher.Waiting;
        }
    }
}
