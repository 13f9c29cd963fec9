using Rerank.Scorer.Batching;

namespace Rerank.Scorer.Simulation;

/// <summary>
/// The reference's dynamic batching: requests are collected until there are enough, or until the first of them has waited for a fixed time,
/// and all of their pairs go into one tensor. It waits although the device is free and nothing else can come.
/// </summary>
/// <param name="mostRequests">Requests, not pairs, that fill a window.</param>
/// <param name="wait">How long the first one waits for others.</param>
internal sealed class TimedWindow(int mostRequests, TimeSpan wait) : ISimulatedPolicy
{
    private readonly Queue<(SimulatedPair Pair, long ArrivedUs)> _waiting = new();
    private SimulatedRequest? _last;
    private int _requests;

    public int PullTarget => int.MaxValue;

    public int Waiting => _waiting.Count;

    public long? DueUs => _waiting.TryPeek(out var first) ? first.ArrivedUs + (long)wait.TotalMicroseconds : null;

    public void OnArrived(SimulatedPair pair, long nowUs)
    {
        if (pair.Request != _last)
            _requests++;
        _last = pair.Request;
        _waiting.Enqueue((pair, nowUs));
    }

    public ForwardPass<SimulatedPair>? OnLaneFree(long nowUs)
    {
        if (_requests < mostRequests && !(DueUs <= nowUs))
            return null;
        var pairs = _waiting.Select(waiting => waiting.Pair).ToList();
        _waiting.Clear();
        (_requests, _last) = (0, null);
        return UnplannedPass.Of(pairs);
    }
}
