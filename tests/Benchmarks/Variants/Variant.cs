using Rerank.Scorer.Inference;
using Rerank.Scorer.Models;
using Rerank.Scorer.Tokenization;

namespace Rerank.Benchmarks.Variants;

/// <summary>One way to compute the same model, in one session of one thread. Thread-safe where each caller brings its own buffers.</summary>
internal sealed class Variant : IDisposable
{
    private readonly CrossEncoder _encoder;

    internal Variant(string name, string folder)
    {
        var model = ModelFolder.Open(folder);
        _encoder = CrossEncoder.LoadForCpu(model, padTokenId: 0);
        Name = model.NeedsPassesOfOneRow ? $"{name} (one row a pass only)" : name;
    }

    internal string Name { get; }

    /// <summary>Logits of pairs in one pass, padded to the longest.</summary>
    internal float[] Score(IReadOnlyList<TokenizedPair> pass, PassBuffers buffers) =>
        _encoder.Run(pass, pass.Max(pair => pair.InputIds.Length), buffers).ToArray();

    public void Dispose() => _encoder.Dispose();
}
