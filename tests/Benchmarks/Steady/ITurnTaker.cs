namespace Rerank.Benchmarks.Steady;

/// <summary>A system that scores pairs without an end, and can be stopped and let go on at any moment.</summary>
internal interface ITurnTaker : IAsyncDisposable
{
    string Key { get; }

    string Title { get; }

    /// <summary>Processor time of all its processes so far, seconds.</summary>
    double CpuSeconds { get; }

    /// <summary>Starts it, lets it run until it is warm, and stops it.</summary>
    Task PrepareAsync();

    void Resume();

    /// <summary>Returns when nothing of it runs any more.</summary>
    Task PauseAsync();

    /// <summary>Ends it.</summary>
    /// <returns>All its passes, the stopped ones too.</returns>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    Task<IReadOnlyList<ScoredPass>> EndAsync();
}
