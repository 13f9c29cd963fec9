namespace Rerank.Cli.Bench.Measuring;

/// <summary>A request that waits for its scores. Scores are given to it one at a time.</summary>
internal sealed class OpenRequest(int pairs)
{
    private readonly bool[] _scored = new bool[pairs];
    private readonly TaskCompletionSource<long> _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _open = pairs;

    /// <summary>Completes with the time stamp of the last score.</summary>
    internal Task<long> Answered => _answered.Task;

    /// <summary>A score that comes twice, after a redelivery, counts once.</summary>
    internal void OnScored(int number, long timestamp)
    {
        if (_scored[number])
            return;
        _scored[number] = true;
        if (--_open == 0)
            _answered.TrySetResult(timestamp);
    }

    internal void Fail(Exception exception) => _answered.TrySetException(exception);
}
