namespace Rerank.Scorer.Simulation;

/// <summary>One of the reference's experiments: every batch size with every number of callers, in closed loop.</summary>
/// <param name="Name">As its report calls it.</param>
/// <param name="Batches">Pairs a request.</param>
/// <param name="Callers">Side by side, one request each.</param>
/// <param name="Window">How long its dynamic batching waited; null where it was off, or on in name only.</param>
internal sealed record ReferenceExperiment(string Name, IReadOnlyList<int> Batches, IReadOnlyList<int> Callers, TimeSpan? Window = null)
{
    // The limit that the window was never near: it counted requests.
    private const int MostRequests = 256;

    private static readonly int[] One = [1];
    private static readonly int[] BatchSizes = [8, 16, 32, 48, 64, 96, 128, 192, 256];
    private static readonly int[] CallerCounts = [1, 2, 3, 4, 6, 8, 12];

    internal static IReadOnlyList<ReferenceExperiment> All { get; } =
    [
        new("01_backend_pytorch", [32], One),
        new("02_backend_mps", [32], One),
        new("03_backend_mlx", [32], One),
        new("04_backend_compiled", [32], One),
        new("05a_batch_size_mps", BatchSizes, One),
        new("05b_batch_size_mlx", BatchSizes, One),
        new("06a_concurrency_mps", [96], CallerCounts),
        new("06b_concurrency_mlx", [96], CallerCounts),
        new("07a_multi_model_mps", [32, 64], [4, 8, 16, 24]),
        new("07b_multi_model_mlx", [32, 64], [4, 8, 16, 24]),
        // Said to batch dynamically, but two callers of 32 were answered in 115 ms, which no window of 200 ms allows.
        new("08a_dynamic_batch_mps", [8, 16, 32, 64], [2, 4, 8]),
        new("08b_dynamic_batch_mlx", [8, 16, 32, 64], [2, 4, 8]),
        new("14_optimized_production", [32], One, TimeSpan.FromMilliseconds(200)),
    ];

    /// <summary>Its way of forming passes.</summary>
    internal ISimulatedPolicy CreatePolicy() => Window is { } wait ? new TimedWindow(MostRequests, wait) : new FixedBatches();
}
