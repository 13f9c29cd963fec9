namespace Rerank.Scorer.Inference.CoreML;

/// <summary>How the backend <c>coreml</c> runs a model.</summary>
/// <param name="ComputeUnits">Where it may compute.</param>
/// <param name="Format">What the graph is translated into.</param>
/// <param name="CacheFolder">Of all compiled models.</param>
/// <param name="Runtime">Versions that a compiled model depends on, such as <c>ort1.31.1-macos26.0</c>.</param>
internal sealed record CoreMLSettings(CoreMLComputeUnits ComputeUnits, CoreMLModelFormat Format, string CacheFolder, string Runtime)
{
    /// <summary>
    /// Where the compiled model of a shape is kept. The provider does not notice that a compiled model is stale (onnxruntime#23065), so
    /// that whatever it depends on is in its path.
    /// </summary>
    /// <param name="modelHash">Hex.</param>
    /// <param name="shape">Null for a model of any shape.</param>
    internal string CompiledFolder(string modelHash, PassShape? shape) =>
        Path.Combine(CacheFolder, modelHash[..16], $"{shape?.ToString() ?? "dynamic"}-{Format}-{ComputeUnits}-{Runtime}");

    /// <summary>Options of the provider for a session.</summary>
    internal Dictionary<string, string> ProviderOptions(string modelHash, PassShape? shape) => new(StringComparer.Ordinal)
    {
        ["ModelFormat"] = $"{Format}",
        ["MLComputeUnits"] = $"{ComputeUnits}",
        // The shapes are static already. Asking for it gave wrong scores on macOS 15 (onnxruntime#32569).
        ["RequireStaticInputShapes"] = "0",
        ["EnableOnSubgraphs"] = "0",
        ["ModelCacheDirectory"] = CompiledFolder(modelHash, shape),
    };
}
