using Microsoft.ML.OnnxRuntime;
using Rerank.Scorer.Models;
using Rerank.Scorer.Tokenization;

namespace Rerank.Scorer.Inference;

/// <summary>
/// A cross-encoder in one session of ONNX Runtime. <see cref="Run"/> is thread-safe where the backend's sessions are, as long as each
/// caller brings its own <see cref="PassBuffers"/>.
/// </summary>
internal sealed class CrossEncoder : IDisposable
{
    private const string InputIds = "input_ids";
    private const string AttentionMask = "attention_mask";
    private const string TokenTypeIds = "token_type_ids";

    // At every pass, shrinking cost a seventh of the speed, and saved a quarter of the memory more (docs/models.md).
    private const uint PassesBetweenShrinking = 32;

    private readonly InferenceSession _session;
    private readonly RunOptions _runOptions = new();
    private readonly RunOptions _shrinkingRunOptions = new();
    private readonly string[] _inputNames;
    private readonly string[] _outputNames;
    private readonly bool _outputIsColumn;
    private readonly long _padTokenId;
    private uint _passes;

    private CrossEncoder(InferenceSession session, string outputName, int padTokenId)
    {
        _session = session;
        _padTokenId = padTokenId;
        _inputNames = [.. new[] { InputIds, AttentionMask, TokenTypeIds }.Where(session.InputMetadata.ContainsKey)];
        _outputNames = [outputName];
        _outputIsColumn = session.OutputMetadata[_outputNames[0]].Dimensions.Length == 2;
        // Lengths change from pass to pass, and an arena that never shrinks keeps the sum of all shapes.
        _shrinkingRunOptions.AddRunConfigEntry("memory.enable_memory_arena_shrinkage", "cpu:0");
    }

    /// <summary>Loads a model for the CPU, with one thread a pass, for passes of any shape.</summary>
    /// <param name="model">The folder.</param>
    /// <param name="padTokenId">Fills short rows; the attention mask hides it.</param>
    /// <exception cref="OnnxRuntimeException">The runtime refuses the graph.</exception>
    internal static CrossEncoder LoadForCpu(ModelFolder model, int padTokenId) => new SessionFactory(model, padTokenId, Backend.Cpu).Open();

    /// <exception cref="OnnxRuntimeException">The runtime refuses the graph or the options.</exception>
    internal static CrossEncoder Load(ModelFolder model, int padTokenId, SessionOptions options) =>
        new(new InferenceSession(model.OnnxPath, options), model.OutputName, padTokenId);

    /// <summary>Scores pairs in one forward pass.</summary>
    /// <param name="pairs">At least one.</param>
    /// <param name="length">Tokens a row; no pair may be longer.</param>
    /// <param name="buffers">The caller's own.</param>
    /// <returns>A logit a pair, in order; valid until the buffers are used again.</returns>
    /// <exception cref="OnnxRuntimeException">The runtime could not run the pass.</exception>
    internal ReadOnlyMemory<float> Run(IReadOnlyList<TokenizedPair> pairs, int length, PassBuffers buffers)
    {
        buffers.Resize(pairs.Count, length);
        for (var row = 0; row < pairs.Count; row++)
            Fill(pairs[row], row * length, length, buffers);

        long[] shape = [pairs.Count, length];
        long[] outputShape = _outputIsColumn ? [pairs.Count, 1] : [pairs.Count];
        var inputs = new OrtValue[_inputNames.Length];
        using var output = Tensor(buffers.Logits, outputShape);
        try
        {
            for (var i = 0; i < inputs.Length; i++)
                inputs[i] = Tensor(Input(_inputNames[i], buffers), shape);
            var shrinks = Interlocked.Increment(ref _passes) % PassesBetweenShrinking == 0;
            _session.Run(shrinks ? _shrinkingRunOptions : _runOptions, _inputNames, inputs, _outputNames, [output]);
        }
        finally
        {
            foreach (var input in inputs)
                input?.Dispose();
        }

        return buffers.Logits;
    }

    /// <summary>Ends the profile that the session's options asked for, and returns its file.</summary>
    internal string EndProfiling() => _session.EndProfiling();

    public void Dispose()
    {
        _runOptions.Dispose();
        _shrinkingRunOptions.Dispose();
        _session.Dispose();
    }

    private static Memory<long> Input(string name, PassBuffers buffers) => name switch
    {
        InputIds => buffers.InputIds,
        AttentionMask => buffers.AttentionMask,
        _ => buffers.TokenTypeIds,
    };

    private static OrtValue Tensor<T>(Memory<T> memory, long[] shape)
        where T : unmanaged => OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, memory, shape);

    private void Fill(TokenizedPair pair, int start, int length, PassBuffers buffers)
    {
        var tokens = pair.InputIds.Length;
        var inputIds = buffers.InputIds.Span.Slice(start, length);
        for (var i = 0; i < tokens; i++)
            inputIds[i] = pair.InputIds[i];
        inputIds[tokens..].Fill(_padTokenId);

        var mask = buffers.AttentionMask.Span.Slice(start, length);
        mask[..tokens].Fill(1);
        mask[tokens..].Clear();

        var types = buffers.TokenTypeIds.Span.Slice(start, length);
        types.Clear();
        types[pair.FirstDocumentToken..tokens].Fill(pair.DocumentType);
    }
}
