using Microsoft.ML.OnnxRuntime;
using Rerank.Scorer.Models;
using Rerank.Scorer.Tokenization;

namespace Rerank.Scorer.Inference;

/// <summary>A cross-encoder ready for passes: token ids in, one raw logit a pair out. Each lane runs one pass at a time.</summary>
internal interface IEncoder : IDisposable
{
    /// <summary>What is computed for a pass, padding included.</summary>
    PassShape ShapeOf(int rows, int length);

    /// <summary>Scores pairs in one forward pass.</summary>
    /// <param name="pairs">At least one.</param>
    /// <param name="length">Tokens a row; no pair may be longer.</param>
    /// <param name="lane">The caller's number, from 0.</param>
    /// <param name="buffers">The caller's own.</param>
    /// <returns>A logit a pair, in order; valid until the buffers are used again.</returns>
    /// <exception cref="OnnxRuntimeException">The runtime could not run the pass.</exception>
    /// <exception cref="ModelException">A session that the pass needs could not be opened.</exception>
    ReadOnlyMemory<float> Run(IReadOnlyList<TokenizedPair> pairs, int length, int lane, PassBuffers buffers);
}
