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

    /// <summary>p95 from a pair's being queued to its score's being durable in the queue. Default: none, as fast as possible.</summary>
    [Limits("00:00:00.001", "1.00:00:00")]
    public TimeSpan? TargetLatency { get; set; }

    /// <summary>Pairs a second of this process, a floor and never a throttle. Default: none, as fast as possible.</summary>
    [Limits(1, 10_000_000)]
    public int? TargetThroughput { get; set; }

    /// <summary>Which target is kept when both cannot be had: <c>Latency</c> or <c>Throughput</c>. Default <c>Latency</c>.</summary>
    public Batching.Priority Priority { get; set; } = Batching.Priority.Latency;

    /// <summary>
    /// Padded tokens a forward pass holds at most, unless one pair alone is longer: a bound on memory; 0 for as many as take 64 MiB by the
    /// model's <c>config.json</c> on a CPU (992 for MiniLM-L6), and 65,536 elsewhere. Default 0.
    /// </summary>
    [Limits(0, 1 << 20)]
    public int MaxPassTokens { get; set; }

    /// <summary>Pairs that may wait here, tokenized, to be planned together. Default 2,048.</summary>
    [Limits(1, 1 << 16)]
    public int MaxWindow { get; set; } = 2048;

    /// <summary>How long passes are measured at a first start with this model on this machine, at most; 0 to do without. Default 3 s.</summary>
    [Limits("00:00:00", "00:10:00")]
    public TimeSpan Calibration { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>False for passes of <see cref="FixedRows"/> in arrival order, as other systems make them: for comparisons. Default true.</summary>
    public bool Adaptive { get; set; } = true;

    /// <summary>Rows a pass when not adaptive. Default 32.</summary>
    [Limits(1, 4096)]
    public int FixedRows { get; set; } = 32;

    /// <summary>
    /// Whether the model, as it runs here, is compared at start with plain fp32 on the CPU over a few sample pairs, and what follows.
    /// Default <c>Warn</c>.
    /// </summary>
    public GateMode Gate { get; set; } = GateMode.Warn;
}
