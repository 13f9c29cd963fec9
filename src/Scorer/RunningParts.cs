namespace Rerank.Scorer;

/// <summary>
/// Parts that run side by side, in the order of the flow. When the first of them ends, asked to or not, all are ended in that order, so
/// that what is in hand still goes its way. Not thread-safe.
/// </summary>
internal sealed class RunningParts
{
    private readonly List<(Task Running, Func<Task> End)> _parts = [];

    /// <summary>Adds a part.</summary>
    /// <param name="running">Completes when the part has ended.</param>
    /// <param name="end">Asks it to end; called once, after the parts before it have ended, whether it still runs or not.</param>
    internal void Add(Task running, Func<Task> end) => _parts.Add((running, end));

    /// <inheritdoc cref="Add(Task, Func{Task})"/>
    internal void Add(Task running, Action end) => Add(running, () =>
    {
        end();
        return Task.CompletedTask;
    });

    /// <summary>Returns when all have ended; rethrows the fault that came first. Cancellation is no fault.</summary>
    internal async Task RunAsync()
    {
        var ended = new List<Task> { await Task.WhenAny(_parts.Select(part => part.Running)) };
        foreach (var (running, end) in _parts)
        {
            var ending = EndAsync(end);
            await Task.WhenAll(ending, running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            ended.AddRange([running, ending]);
        }

        if (ended.Find(part => part.IsFaulted) is { } faulted)
            await faulted;
    }

    private static async Task EndAsync(Func<Task> end) => await end();
}
