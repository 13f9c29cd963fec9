using Google.Protobuf;
using Rerank.Scorer.Models.Onnx;

namespace Rerank.Scorer.Models.Rewriting;

/// <summary>Makes nodes and constants to put into a graph.</summary>
internal static class NodeFactory
{
    /// <summary>The domain of operators that only ONNX Runtime has.</summary>
    internal const string RuntimeDomain = "com.microsoft";

    internal static NodeProto Node(string type, string name, ReadOnlySpan<string> inputs, string output) => new()
    {
        Name = name,
        OpType = type,
        Input = { inputs.ToArray() },
        Output = { output },
    };

    internal static NodeProto RuntimeNode(string type, string name, ReadOnlySpan<string> inputs, string output)
    {
        var node = Node(type, name, inputs, output);
        node.Domain = RuntimeDomain;
        return node;
    }

    internal static TensorProto Tensor(string name, ElementType type, byte[] values, params ReadOnlySpan<long> dimensions) => new()
    {
        Name = name,
        DataType = (int)type,
        Dims = { dimensions.ToArray() },
        RawData = UnsafeByteOperations.UnsafeWrap(values),
    };

    internal static TensorProto Vector(string name, params ReadOnlySpan<long> values) => new()
    {
        Name = name,
        DataType = (int)ElementType.Int64,
        Dims = { values.Length },
        RawData = TensorBytes.Of(values),
    };

    internal static TensorProto Floats(string name, ReadOnlySpan<float> values, params ReadOnlySpan<long> dimensions) => new()
    {
        Name = name,
        DataType = (int)ElementType.Float,
        Dims = { dimensions.ToArray() },
        RawData = TensorBytes.Of(values),
    };
}
