using Rerank.Scorer.Models.Onnx;

namespace Rerank.Scorer.Models.Rewriting;

/// <summary>A product of the states of all rows with a weight matrix, with the bias added to it where there is one.</summary>
/// <param name="Product">The MatMul.</param>
/// <param name="Weight">Rows × columns, float.</param>
/// <param name="BiasAdd">The node that adds a constant vector and nothing else; null where there is none.</param>
/// <param name="Bias">That vector.</param>
internal sealed record EncoderWeight(NodeProto Product, TensorProto Weight, NodeProto? BiasAdd, string? Bias)
{
    internal string Input => Product.Input[0];

    internal string Output => (BiasAdd ?? Product).Output[0];

    internal int Rows => (int)Weight.Dims[0];

    internal int Columns => (int)Weight.Dims[1];

    /// <summary>Name for what replaces it.</summary>
    internal string Name => Product.Name.Length > 0 ? Product.Name : Product.Output[0];
}
