using Microsoft.Extensions.Time.Testing;
using Rerank.Scorer.Inference;
using Rerank.Scorer.Tokenization;

namespace Rerank.UnitTests.Scorer.Calibrating;

/// <summary>Takes a fixed time a pass, by a clock that stands still otherwise, and says what it was asked.</summary>
internal sealed class CountingEncoder(TimeSpan passTime) : IEncoder
{
    private readonly Lock _lock = new();

    internal FakeTimeProvider Time { get; } = new();

    internal HashSet<int> Lanes { get; } = [];

    internal HashSet<(int Rows, int Length)> Shapes { get; } = [];

    /// <summary>The shapes of all passes, in order.</summary>
    internal List<(int Rows, int Length)> Passes { get; } = [];

    /// <summary>Of the very first pass; null for as long as any other.</summary>
    internal TimeSpan? FirstPassTime { get; init; }

    internal ShapeBuckets? Buckets { get; init; }

    internal Exception? Failure { get; init; }

    public PassShape ShapeOf(int rows, int length) => Buckets?.RoundUp(rows, length) ?? new PassShape(rows, length);

    public ReadOnlyMemory<float> Run(IReadOnlyList<TokenizedPair> pairs, int length, int lane, PassBuffers buffers)
    {
        if (Failure is not null)
            throw Failure;
        lock (_lock)
        {
            Lanes.Add(lane);
            // The lanes' first pass says what a pair takes, and is of the usual length.
            Shapes.Add((pairs.Count, length));
            Passes.Add((pairs.Count, length));
            Time.Advance(Passes.Count == 1 ? FirstPassTime ?? passTime : passTime);
        }

        return new float[pairs.Count];
    }

    public void Dispose()
    {
    }
}
