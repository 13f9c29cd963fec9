using System.Collections.Concurrent;
using Rerank.Scorer.Tokenization;

namespace Rerank.Scorer.Inference;

/// <summary>Passes padded up to static shapes, with a session a shape, opened on its first use.</summary>
/// <param name="buckets">The shapes.</param>
/// <param name="sessions">Sessions of a shape that may run side by side; lanes share them in turn.</param>
/// <param name="open">Opens one.</param>
internal sealed class BucketedEncoder(ShapeBuckets buckets, int sessions, Func<PassShape, CrossEncoder> open) : IEncoder
{
    private readonly ConcurrentDictionary<(PassShape Shape, int Session), Lazy<CrossEncoder>> _opened = new();

    public PassShape ShapeOf(int rows, int length) => buckets.RoundUp(rows, length);

    public ReadOnlyMemory<float> Run(IReadOnlyList<TokenizedPair> pairs, int length, int lane, PassBuffers buffers)
    {
        var logits = new float[pairs.Count];
        var done = 0;
        foreach (var shape in buckets.Cut(pairs.Count, length))
        {
            var real = Math.Min(shape.Rows, pairs.Count - done);
            // Rows without one unmasked token would divide by zero, so the last pair is repeated. No row changes another's score.
            var rows = Enumerable.Range(done, shape.Rows).Select(row => pairs[Math.Min(row, pairs.Count - 1)]).ToArray();
            var session = _opened.GetOrAdd((shape, lane % sessions), key => new Lazy<CrossEncoder>(() => open(key.Shape))).Value;
            session.Run(rows, shape.Length, buffers)[..real].CopyTo(logits.AsMemory(done));
            done += real;
        }

        return logits;
    }

    public void Dispose()
    {
        foreach (var session in _opened.Values.Where(session => session.IsValueCreated))
            session.Value.Dispose();
    }
}
