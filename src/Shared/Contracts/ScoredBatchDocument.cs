namespace Rerank.Shared.Contracts;

/// <summary>The wire form of a <see cref="ScoredBatch"/>: one array a column, so that member names are sent once.</summary>
internal sealed record ScoredBatchDocument
{
    public int V { get; init; } = 1;

    public required string Job { get; init; }

    public required long Epoch { get; init; }

    public required string Model { get; init; }

    public required string Scorer { get; init; }

    public required long[] Ordinal { get; init; }

    public required string[] Id { get; init; }

    public required string[] QueryId { get; init; }

    public required string?[] DocumentId { get; init; }

    public required int?[] Rank { get; init; }

    public required float[] Score { get; init; }

    public required int[] Tokens { get; init; }

    public required bool[] Truncated { get; init; }

    public required int[] Pass { get; init; }

    public required long[] QueuedUs { get; init; }

    public required long[] ReceivedUs { get; init; }

    public required IReadOnlyList<PassTiming> Passes { get; init; }
}
