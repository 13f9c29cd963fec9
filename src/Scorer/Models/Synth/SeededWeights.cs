using System.Buffers.Binary;

namespace Rerank.Scorer.Models.Synth;

/// <summary>
/// Weights from an integer generator (SplitMix64), uniform: the same bits on every machine, which a normal distribution by logarithm and
/// cosine would not be.
/// </summary>
internal sealed class SeededWeights(long seed)
{
    private const int ChunkSize = 16_384;

    private readonly byte[] _chunk = new byte[ChunkSize * sizeof(float)];
    private ulong _state = (ulong)seed;

    /// <summary>Writes <paramref name="count"/> values; they follow in the order of the calls.</summary>
    internal void Write(Stream stream, long count, double mean, double standardDeviation)
    {
        // A uniform distribution over ±w has the standard deviation w / √3; the generator gives 32-bit integers.
        var unit = standardDeviation * Math.Sqrt(3) / (1L << 31);
        for (; count > 0; count -= ChunkSize)
        {
            var size = (int)Math.Min(count, ChunkSize);
            for (var i = 0; i < size; i++)
                BinaryPrimitives.WriteSingleLittleEndian(_chunk.AsSpan(i * sizeof(float)), (float)(mean + (unit * Next())));
            stream.Write(_chunk, 0, size * sizeof(float));
        }
    }

    private int Next()
    {
        _state += 0x9E3779B97F4A7C15;
        var mixed = _state;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return (int)((mixed ^ (mixed >> 31)) >> 32);
    }
}
