namespace Rerank.Scorer.Inference.CoreML;

/// <summary>What the graph is translated into; the names are those of ONNX Runtime's option <c>ModelFormat</c>.</summary>
public enum CoreMLModelFormat
{
    MLProgram,
    NeuralNetwork,
}
