using System.Buffers.Binary;

namespace Rerank.Scorer.Models.Synth;

/// <summary>
/// Weights from an integer generator (SplitMix64), uniform with BERT's standard deviation of 0.02: the same bits on every machine, which a normal
/// distribution by logarithm and cosine would not be.
/// </summary>
internal sealed class SeededWeights(long seed)
{
    private const double StandardDeviation = 0.02;
    private const int ChunkSize = 16_384;

    // A uniform distribution over ±w has the standard deviation w / √3.
    private static readonly double HalfWidth = StandardDeviation * Math.Sqrt(3);

    private readonly byte[] _chunk = new byte[ChunkSize * sizeof(float)];
    private ulong _state = (ulong)seed;

    /// <summary>Writes <paramref name="count"/> values around <paramref name="center"/>; values follow in the order of the calls.</summary>
    internal void Write(Stream stream, long count, float center)
    {
        for (; count > 0; count -= ChunkSize)
        {
            var size = (int)Math.Min(count, ChunkSize);
            for (var i = 0; i < size; i++)
                BinaryPrimitives.WriteSingleLittleEndian(_chunk.AsSpan(i * sizeof(float)), (float)(center + Next()));
            stream.Write(_chunk, 0, size * sizeof(float));
        }
    }

    private double Next()
    {
        _state += 0x9E3779B97F4A7C15;
        var mixed = _state;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return (int)((mixed ^ (mixed >> 31)) >> 32) * (HalfWidth / (1L << 31));
    }
}
