using Microsoft.ML.OnnxRuntime;
using Rerank.Scorer.Tokenization;

namespace Rerank.Scorer.Inference;

/// <summary>A cross-encoder whose graph gives more than the score: pairs run one at a time, on one thread, unpadded.</summary>
internal sealed class WatchedSession : IDisposable
{
    private readonly InferenceSession _session;
    private readonly string[] _outputs;

    /// <param name="model">The model file's bytes.</param>
    /// <param name="outputs">Names of outputs of type float.</param>
    internal WatchedSession(byte[] model, string[] outputs)
    {
        _outputs = outputs;
        using var options = new SessionOptions { IntraOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        _session = new InferenceSession(model, options);
    }

    /// <returns>The values of all outputs, one after the other.</returns>
    internal float[] Run(TokenizedPair pair)
    {
        var length = pair.InputIds.Length;
        long[] ids = [.. pair.InputIds], mask = [.. Enumerable.Repeat(1L, length)], types = new long[length];
        types.AsSpan(pair.FirstDocumentToken).Fill(pair.DocumentType);
        var named = new[] { ("input_ids", ids), ("attention_mask", mask), ("token_type_ids", types) }
            .Where(input => _session.InputMetadata.ContainsKey(input.Item1))
            .ToArray();
        var inputs = named.Select(input => OrtValue.CreateTensorValueFromMemory(input.Item2, [1, length])).ToArray();
        try
        {
            using var options = new RunOptions();
            using var outputs = _session.Run(options, [.. named.Select(input => input.Item1)], inputs, _outputs);
            return [.. outputs.SelectMany(output => output.GetTensorDataAsSpan<float>().ToArray())];
        }
        finally
        {
            foreach (var input in inputs)
                input.Dispose();
        }
    }

    public void Dispose() => _session.Dispose();
}
