using Rerank.Scorer.Tokenization;

namespace Rerank.Scorer.Inference;

/// <summary>Tensors as large as their passes, on sessions that take any shape.</summary>
/// <param name="sessions">At least one; lanes share them in turn.</param>
internal sealed class DynamicEncoder(IReadOnlyList<CrossEncoder> sessions) : IEncoder
{
    public PassShape ShapeOf(int rows, int length) => new(rows, length);

    public ReadOnlyMemory<float> Run(IReadOnlyList<TokenizedPair> pairs, int length, int lane, PassBuffers buffers) =>
        sessions[lane % sessions.Count].Run(pairs, length, buffers);

    public void Dispose()
    {
        foreach (var session in sessions)
            session.Dispose();
    }
}
