namespace Rerank.Scorer.Inference.CoreML;

/// <summary>Where CoreML may compute; the names are those of ONNX Runtime's option <c>MLComputeUnits</c>.</summary>
public enum CoreMLComputeUnits
{
    ALL,
    CPUAndGPU,
    CPUAndNeuralEngine,
    CPUOnly,
}
