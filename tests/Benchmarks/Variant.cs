using Rerank.Scorer.Inference;
using Rerank.Scorer.Models;
using Rerank.Scorer.Tokenization;

namespace Rerank.Benchmarks;

/// <summary>One way to compute the same model.</summary>
internal sealed class Variant(string name, string folder) : IDisposable
{
    private readonly CrossEncoder _encoder = CrossEncoder.LoadForCpu(ModelFolder.Open(folder), padTokenId: 0);
    private readonly PassBuffers _buffers = new();

    internal string Name => name;

    internal float Score(TokenizedPair pair) => _encoder.Run([pair], pair.InputIds.Length, _buffers).Span[0];

    internal float[] ScoreTogether(TokenizedPair[] pairs) =>
        _encoder.Run(pairs, pairs.Max(pair => pair.InputIds.Length), _buffers).ToArray();

    public void Dispose() => _encoder.Dispose();
}
