using Rerank.Scorer.Inference.CoreML;
using Rerank.Scorer.Models;

namespace Rerank.Scorer.Inference;

/// <summary>Which backend, and how: read from options that were validated.</summary>
/// <param name="Name">As in settings.</param>
/// <param name="Shapes">How shapes of passes become those of tensors.</param>
/// <param name="BucketTokens">Padded tokens of the larger static shape of a length; 0 for what suits the backend.</param>
/// <param name="Lanes">Passes side by side; 0 for what suits the backend.</param>
/// <param name="CoreML">Of the backend <c>coreml</c>.</param>
internal sealed record BackendChoice(string Name, ShapeMode Shapes, int BucketTokens, int Lanes, CoreMLSettings CoreML)
{
    internal static BackendChoice Of(ScorerOptions options) => new(
        options.Backend,
        options.Shapes,
        options.BucketTokens,
        options.Lanes,
        new CoreMLSettings(
            options.CoreMLComputeUnits,
            options.CoreMLModelFormat,
            Path.GetFullPath(options.CoreMLCacheFolder ?? Path.Combine(ModelCache.DefaultFolder, "coreml")),
            $"ort{RuntimeLibrary.ManagedVersion}-{(OperatingSystem.IsMacOS() ? "macos" : "os")}{Environment.OSVersion.Version}"));
}
