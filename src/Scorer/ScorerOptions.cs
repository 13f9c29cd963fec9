using Rerank.Scorer.Gate;
using Rerank.Scorer.Inference;
using Rerank.Scorer.Inference.CoreML;
using Rerank.Shared.Hosting;

namespace Rerank.Scorer;

/// <summary>What this Scorer runs, and how (section <c>Scorer</c>).</summary>
public sealed class ScorerOptions
{
    public const string Section = "Scorer";

    /// <summary><c>builtin:lexical</c>, or a model folder. Default <c>builtin:lexical</c>.</summary>
    public string Model { get; set; } = "builtin:lexical";

    /// <summary>
    /// What runs the model: <c>cpu</c>, <c>coreml</c>, <c>webgpu</c>, <c>cuda</c>, or <c>auto</c> for the first of cuda, coreml and cpu that
    /// works here. Default <c>auto</c>.
    /// </summary>
    public string Backend { get; set; } = Backends.Auto;

    /// <summary>
    /// File of a native ONNX Runtime library to use instead of the packaged one, because it carries other backends. Default: the packaged one.
    /// </summary>
    public string? RuntimeLibrary { get; set; }

    /// <summary>
    /// <c>Dynamic</c>: tensors as large as their passes; <c>Bucketed</c>: padded up to a few static shapes; <c>Auto</c>: bucketed on CoreML
    /// only. Default <c>Auto</c>.
    /// </summary>
    public ShapeMode Shapes { get; set; } = ShapeMode.Auto;

    /// <summary>Padded tokens of a static shape; 0 for 512 on a CPU and 2,048 elsewhere. Default 0.</summary>
    [Limits(0, 1 << 20)]
    public int BucketTokens { get; set; }

    /// <summary>
    /// Where CoreML computes: <c>ALL</c>, <c>CPUAndGPU</c>, <c>CPUAndNeuralEngine</c> or <c>CPUOnly</c>. Default <c>ALL</c>.
    /// </summary>
    public CoreMLComputeUnits CoreMLComputeUnits { get; set; } = CoreMLComputeUnits.ALL;

    /// <summary>What CoreML is given: <c>MLProgram</c> or <c>NeuralNetwork</c>. Default <c>MLProgram</c>.</summary>
    public CoreMLModelFormat CoreMLModelFormat { get; set; } = CoreMLModelFormat.MLProgram;

    /// <summary>Where models that CoreML has compiled are kept. Default <c>coreml</c> in the cache folder.</summary>
    public string? CoreMLCacheFolder { get; set; }

    /// <summary>Forward passes side by side; 0 for what suits the backend: on a CPU one a core. Default 0.</summary>
    [Limits(0, 1024)]
    public int Lanes { get; set; }

    /// <summary>
    /// Padded tokens a forward pass holds at most, unless one pair alone is longer. A fixed budget: passes do not size themselves yet.
    /// Default 512: on CPUs throughput is flat from about 256 to 1,024 tokens and falls above.
    /// </summary>
    [Limits(1, 1 << 20)]
    public int TokenBudget { get; set; } = 512;

    /// <summary>Pairs that wait here, tokenized, to be planned together. Default 256.</summary>
    [Limits(1, 1 << 16)]
    public int WindowPairs { get; set; } = 256;

    /// <summary>
    /// Whether the model, as it runs here, is compared at start with plain fp32 on the CPU over a few sample pairs, and what follows.
    /// Default <c>Warn</c>.
    /// </summary>
    public GateMode Gate { get; set; } = GateMode.Warn;
}
