namespace Rerank.Scorer.Inference;

/// <summary>
/// The few static shapes that passes are padded up to. A length has two: one row, and as many rows as make up about the budget. Pure.
/// </summary>
/// <param name="tokens">Rows × length of the larger shape of a length.</param>
/// <param name="maxPositions">Longest sequence that the model has positions for; null if unknown.</param>
internal sealed class ShapeBuckets(int tokens, int? maxPositions)
{
    /// <summary>Longer ones are rounded up to whole multiples of this.</summary>
    private const int LongStep = 128;

    // Steps of at most a half, so that at most a third of a row is padding; beyond the first few each costs a compilation.
    private static readonly int[] Lengths = [32, 64, 96, 128, 192, 256, 384, 512];

    /// <summary>Different for buckets that are.</summary>
    public override string ToString() => $"{tokens} tokens of lengths {string.Join(' ', Lengths)}, then by {LongStep}, up to {maxPositions?.ToString() ?? "any"}";

    /// <summary>What is computed for a pass of so many rows and tokens a row; for the cost of a pass.</summary>
    internal PassShape RoundUp(int rows, int length) => new(Cut(rows, length).Sum(shape => shape.Rows), LengthFor(length));

    /// <summary>The static shapes that are run for a pass, one after the other. The last may hold rows that are padding.</summary>
    internal IEnumerable<PassShape> Cut(int rows, int length)
    {
        var padded = LengthFor(length);
        var many = Math.Max(1, tokens / padded);
        for (; rows >= many; rows -= many)
            yield return new PassShape(many, padded);

        // A few rows are cheaper one by one than padded up to many.
        if (rows > Math.Max(1, many / 4))
        {
            yield return new PassShape(many, padded);
            yield break;
        }

        for (; rows > 0; rows--)
            yield return new PassShape(1, padded);
    }

    /// <summary>The larger shape for a length: where the device is at its best.</summary>
    internal PassShape Full(int length) => Cut(int.Max(1, tokens / LengthFor(length)), length).First();

    private int LengthFor(int length)
    {
        var bucket = Array.Find(Lengths, candidate => candidate >= length);
        if (bucket == 0)
            bucket = (length + LongStep - 1) / LongStep * LongStep;
        // Beyond its last position a model fails, but the pass itself was cut to what there is.
        return maxPositions is { } most && most >= length ? Math.Min(bucket, most) : bucket;
    }
}
