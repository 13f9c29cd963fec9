using Microsoft.ML.OnnxRuntime;
using Rerank.Scorer.Models;
using Rerank.Scorer.Tokenization;

namespace Rerank.ParityTests.Scorer.Models;

/// <summary>Scores pairs one by one, with one thread.</summary>
internal sealed class PairSession : IDisposable
{
    private readonly InferenceSession _session;

    internal PairSession(ModelFolder model)
    {
        using var options = new SessionOptions { IntraOpNumThreads = 1 };
        _session = new InferenceSession(model.OnnxPath, options);
    }

    public void Dispose() => _session.Dispose();

    internal float Score(TokenizedPair pair)
    {
        long[] ids = [.. pair.InputIds.Select(id => (long)id)], shape = [1, ids.Length];
        var types = new long[ids.Length];
        types.AsSpan(pair.FirstDocumentToken).Fill(1);
        using var idsValue = OrtValue.CreateTensorValueFromMemory(ids, shape);
        using var maskValue = OrtValue.CreateTensorValueFromMemory(Enumerable.Repeat(1L, ids.Length).ToArray(), shape);
        using var typesValue = OrtValue.CreateTensorValueFromMemory(types, shape);
        using var run = new RunOptions();
        using var outputs = _session.Run(
            run, ["input_ids", "attention_mask", "token_type_ids"], [idsValue, maskValue, typesValue], ["logits"]);
        return outputs[0].GetTensorDataAsSpan<float>()[0];
    }
}
