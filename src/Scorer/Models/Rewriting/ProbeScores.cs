using Microsoft.ML.OnnxRuntime;
using Rerank.Scorer.Inference;
using Rerank.Scorer.Tokenization;

namespace Rerank.Scorer.Models.Rewriting;

/// <summary>Scores of made-up pairs, in one padded pass.</summary>
internal static class ProbeScores
{
    /// <exception cref="ModelException">ONNX Runtime does not take the model.</exception>
    internal static float[] Of(ModelFolder model)
    {
        try
        {
            var tokenizer = PairTokenizer.Load(model.TokenizerFolder);
            var pairs = ProbePairs.Of(tokenizer);
            using var encoder = CrossEncoder.LoadForCpu(model, tokenizer.PadTokenId);
            return encoder.Run(pairs, pairs.Max(pair => pair.InputIds.Length), new PassBuffers()).ToArray();
        }
        catch (OnnxRuntimeException exception)
        {
            throw new ModelException($"ONNX Runtime cannot run {model.OnnxPath}: {exception.Message}", exception);
        }
        catch (TokenizerException exception)
        {
            throw new ModelException(exception.Message, exception);
        }
    }
}
