using Microsoft.ML.OnnxRuntime;

namespace Rerank.UnitTests.Scorer.Models;

/// <summary>Runs a cross-encoder's file on rows of pieces, padded to a length.</summary>
internal sealed class ModelRun(string onnxPath) : IDisposable
{
    private readonly InferenceSession _session = new(onnxPath);

    public void Dispose() => _session.Dispose();

    /// <summary>A pair as [CLS] query [SEP] document [SEP], the ids of [CLS] and [SEP] being 2 and 3.</summary>
    internal static (long[] Ids, long[] Types) Pair(long[] query, long[] document) => (
        [2, .. query, 3, .. document, 3],
        [.. Enumerable.Repeat(0L, query.Length + 2), .. Enumerable.Repeat(1L, document.Length + 1)]);

    internal float[] Scores(int length, params (long[] Ids, long[] Types)[] pairs)
    {
        long[] ids = new long[pairs.Length * length], mask = new long[ids.Length], types = new long[ids.Length];
        for (var row = 0; row < pairs.Length; row++)
        {
            pairs[row].Ids.CopyTo(ids, row * length);
            pairs[row].Types.CopyTo(types, row * length);
            mask.AsSpan(row * length, pairs[row].Ids.Length).Fill(1);
        }

        long[] shape = [pairs.Length, length];
        using var idsValue = OrtValue.CreateTensorValueFromMemory(ids, shape);
        using var maskValue = OrtValue.CreateTensorValueFromMemory(mask, shape);
        using var typesValue = OrtValue.CreateTensorValueFromMemory(types, shape);
        using var options = new RunOptions();
        using var outputs = _session.Run(
            options, ["input_ids", "attention_mask", "token_type_ids"], [idsValue, maskValue, typesValue], ["logits"]);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }
}
