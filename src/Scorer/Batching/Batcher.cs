namespace Rerank.Scorer.Batching;

/// <summary>
/// Natural batching as a state machine without threads or clocks: what arrived while the lanes were busy is the window, and a free
/// lane never waits for more. The window is planned when the passes of the last plan have all been taken.
/// </summary>
internal sealed class Batcher<TPair>(PassPlanner planner)
    where TPair : IBatchable
{
    private readonly List<TPair> _window = [];
    private readonly Queue<ForwardPass<TPair>> _planned = new();

    /// <summary>Pairs that no lane has taken.</summary>
    internal int Waiting => _planned.Sum(pass => pass.Pairs.Count) + _window.Count;

    internal void OnArrived(TPair pair) => _window.Add(pair);

    /// <summary>The next pass for a free lane; null if nothing waits.</summary>
    internal ForwardPass<TPair>? OnLaneFree()
    {
        if (_planned.Count == 0 && _window.Count > 0)
        {
            foreach (var pass in planner.Plan([.. _window]))
                _planned.Enqueue(pass);
            _window.Clear();
        }

        return _planned.TryDequeue(out var next) ? next : null;
    }

}
