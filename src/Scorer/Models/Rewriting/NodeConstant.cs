using Rerank.Scorer.Models.Onnx;

namespace Rerank.Scorer.Models.Rewriting;

/// <summary>The value of a node of type Constant, in any of the ways to write it that matter here.</summary>
internal static class NodeConstant
{
    internal static TensorProto? Of(NodeProto node)
    {
        if (node.OpType != "Constant" || node.Attribute.Count != 1)
            return null;
        var attribute = node.Attribute[0];
        return attribute.Name switch
        {
            "value" => attribute.T,
            "value_int" => Tensor(ElementType.Int64, tensor => tensor.Int64Data.Add(attribute.I)),
            "value_ints" => Vector(ElementType.Int64, attribute.Ints.Count, tensor => tensor.Int64Data.Add(attribute.Ints)),
            "value_float" => Tensor(ElementType.Float, tensor => tensor.FloatData.Add(attribute.F)),
            "value_floats" => Vector(ElementType.Float, attribute.Floats.Count, tensor => tensor.FloatData.Add(attribute.Floats)),
            _ => null,
        };
    }

    private static TensorProto Vector(ElementType type, int length, Action<TensorProto> fill)
    {
        var tensor = Tensor(type, fill);
        tensor.Dims.Add(length);
        return tensor;
    }

    private static TensorProto Tensor(ElementType type, Action<TensorProto> fill)
    {
        var tensor = new TensorProto { DataType = (int)type };
        fill(tensor);
        return tensor;
    }
}
