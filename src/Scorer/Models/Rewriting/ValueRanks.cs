using Rerank.Scorer.Models.Onnx;

namespace Rerank.Scorer.Models.Rewriting;

/// <summary>How many dimensions each value of a graph has, as far as that can be told.</summary>
internal sealed class ValueRanks
{
    private static readonly HashSet<string> AsFirstInput =
    [
        "Softmax", "LayerNormalization", "Transpose", "Slice", "Cast", "Concat", "Identity", "Dropout", "Tanh", "Erf", "Sqrt", "Gelu", "Relu",
        "Neg", "Not", "Sigmoid", "IsNaN", "Reciprocal", "CumSum", "Trilu", "QuantizeLinear", "DequantizeLinear", "DynamicQuantizeLinear",
        "MatMulNBits", "Round", "Abs", "Clip",
    ];

    private static readonly HashSet<string> AsLargestInput =
    [
        "Add", "Sub", "Mul", "Div", "Pow", "Where", "Equal", "Less", "Greater", "GreaterOrEqual", "LessOrEqual", "And", "Or", "Min", "Max",
        "MatMul", "MatMulInteger",
    ];

    private readonly Dictionary<string, int> _ranks = [];
    private readonly ModelGraph _graph;

    internal ValueRanks(ModelGraph graph)
    {
        _graph = graph;
        foreach (var value in graph.Graph.ValueInfo.Concat(graph.Graph.Input))
        {
            if (value.Type?.TensorType?.Shape is { } shape)
                _ranks[value.Name] = shape.Dim.Count;
        }

        foreach (var tensor in graph.Graph.Initializer)
            _ranks[tensor.Name] = tensor.Dims.Count;
        foreach (var node in graph.Graph.Node)
        {
            if ((graph.Constant(node.Output[0])?.Dims.Count ?? Of(node)) is { } rank)
                _ranks.TryAdd(node.Output[0], rank);
        }
    }

    internal int? Of(string value) => _ranks.TryGetValue(value, out var rank) ? rank : null;

    /// <summary>The node before <paramref name="node"/>, or itself, with which it begins that nothing is known.</summary>
    internal NodeProto FirstUnknown(NodeProto node)
    {
        while (node.Input.FirstOrDefault(input => input.Length > 0 && Of(input) is null) is { } input && _graph.Producer(input) is { } before)
            node = before;
        return node;
    }

    private int? Of(NodeProto node) => node.OpType switch
    {
        "Shape" or "Range" => 1,
        "Size" => 0,
        "Gemm" => 2,
        "Gather" => Of(node.Input[0]) + Of(node.Input[1]) - 1,
        "Unsqueeze" => Of(node.Input[0]) + Axes(node)?.Length,
        "Squeeze" => Of(node.Input[0]) - Axes(node)?.Length,
        "Reshape" => Length(node.Input[1]),
        "ConstantOfShape" => Length(node.Input[0]),
        "Expand" => Length(node.Input[1]) is { } length && Of(node.Input[0]) is { } rank ? Math.Max(length, rank) : null,
        "MatMulIntegerToFloat" => Of(node.Input[0]),
        _ when node.OpType.StartsWith("Reduce", StringComparison.Ordinal) =>
            NodeAttributes.Int(node, "keepdims", 1) == 1 ? Of(node.Input[0]) : Of(node.Input[0]) - Axes(node)?.Length,
        _ when AsFirstInput.Contains(node.OpType) => Of(node.Input[0]),
        _ when AsLargestInput.Contains(node.OpType) => node.Input.Where(input => input.Length > 0).Aggregate(
            (int?)0, (largest, input) => largest is { } known && Of(input) is { } rank ? Math.Max(known, rank) : null),
        _ => null,
    };

    private long[]? Axes(NodeProto node) =>
        NodeAttributes.Ints(node, "axes") ?? (node.Input.Count > 1 ? TensorValues.Integers(_graph.Constant(node.Input[1])) : null);

    /// <summary>Elements of a vector, such as a shape put together of dimensions.</summary>
    private int? Length(string value)
    {
        if (_graph.Constant(value) is { } constant)
            return constant.Dims.Count == 0 ? 1 : (int)constant.Dims[0];
        return _graph.Producer(value) switch
        {
            { OpType: "Concat" } concat => concat.Input.Aggregate((int?)0, (sum, part) => sum + Length(part)),
            { OpType: "Unsqueeze" } one when Of(one.Input[0]) == 0 => 1,
            { OpType: "Shape" } shape when shape.Attribute.Count == 0 => Of(shape.Input[0]),
            { OpType: "Shape" } part when NodeAttributes.Int(part, "start", 0) is var start && Of(part.Input[0]) is { } rank =>
                (int)(NodeAttributes.Int(part, "end", rank) - start),
            { OpType: "Gather" } pick => Length(pick.Input[1]),
            { OpType: "Cast" or "Identity" or "Mul" or "Where" or "Equal" } same => Length(same.Input[^1]),
            { OpType: "Reshape" } reshaped when TensorValues.Integers(_graph.Constant(reshaped.Input[1])) is [-1 or 1] => 1,
            _ => null,
        };
    }
}
