using Rerank.Scorer.Models.Onnx;

namespace Rerank.Scorer.Models.Rewriting;

/// <summary>For each kind of operator: of which rows of its inputs the first row of its output is made.</summary>
internal sealed class RowRules(ModelGraph graph, ValueRanks ranks)
{
    private const int RowPosition = 1;

    private static readonly HashSet<string> ElementByElement =
    [
        "Add", "Sub", "Mul", "Div", "Pow", "Where", "Min", "Max", "And", "Or", "Equal", "Less", "Greater", "Not", "IsNaN",
        "Identity", "Cast", "Dropout", "Tanh", "Erf", "Sqrt", "Gelu", "FastGelu", "Relu", "Neg", "Sigmoid", "Abs", "Round", "Reciprocal", "Clip",
    ];

    /// <summary>Uses of each input of a node whose output is used as given; null where the operator mixes rows or is not known.</summary>
    internal RowUse[]? Of(NodeProto node, int axis)
    {
        // Rows are never the last dimension, so that who asks for that one need not know of rows.
        if (axis == -1)
            return null;
        switch (node.OpType)
        {
            case "MatMul" or "MatMulInteger" or "MatMulIntegerToFloat" or "MatMulNBits":
                return axis == -2 ? FirstOnly(node, axis) : null;
            case "Softmax" or "LogSoftmax" or "LayerNormalization":
                return FromEnd(node, NodeAttributes.Int(node, "axis", -1)) is { } along && along > axis ? FirstOnly(node, axis) : null;
            case "QuantizeLinear" or "DequantizeLinear":
                return FirstOnly(node, axis);
            case "ReduceMean" or "ReduceMax" or "ReduceMin" or "ReduceSum":
                return ReducesOthers(node, axis) ? FirstOnly(node, axis) : null;
            case "Transpose":
                return Transposed(node, axis);
            case "Reshape":
                return Reshaped(node, axis);
            default:
                return ElementByElement.Contains(node.OpType) ? Each(node, axis) : null;
        }
    }

    /// <summary>Whether a node asks only how long the last dimension of its input is, as the scale of an attention does.</summary>
    internal bool AsksForLastDimension(NodeProto node, ILookup<string, NodeProto> consumers)
    {
        if (node.OpType != "Shape" || node.Attribute.Count > 0 || ranks.Of(node.Input[0]) is not { } rank)
            return false;
        return consumers[node.Output[0]].All(user => user.OpType is "Gather" or "Slice" && user.Input.IndexOf(node.Output[0]) == 0
            && TensorValues.Integers(graph.Constant(user.Input[1])) is [var index] && (index == -1 || index == rank - 1));
    }

    private static RowUse[] FirstOnly(NodeProto node, int axis) =>
        [new RowUse(axis), .. Enumerable.Repeat(RowUse.All, node.Input.Count - 1)];

    private RowUse[]? Each(NodeProto node, int axis)
    {
        var uses = new RowUse[node.Input.Count];
        for (var i = 0; i < uses.Length; i++)
        {
            if (node.Input[i].Length > 0 && ranks.Of(node.Input[i]) is not { } and not int)
                return null;
            uses[i] = IsBroadcast(node.Input[i], axis) ? RowUse.All : new RowUse(axis);
        }

        return uses;
    }

    private bool IsBroadcast(string value, int axis) =>
        value.Length == 0 || ranks.Of(value) < -axis || (graph.Constant(value) is { } constant && constant.Dims[constant.Dims.Count + axis] == 1);

    private bool ReducesOthers(NodeProto node, int axis)
    {
        var axes = NodeAttributes.Ints(node, "axes") ?? (node.Input.Count > 1 ? TensorValues.Integers(graph.Constant(node.Input[1])) : null);
        return axes is not null && NodeAttributes.Int(node, "keepdims", 1) == 1
            && axes.All(reduced => FromEnd(node, reduced) is { } known && known != axis);
    }

    private static RowUse[]? Transposed(NodeProto node, int axis) => NodeAttributes.Ints(node, "perm") is { } order
        ? [new RowUse((int)order[order.Length + axis] - order.Length)]
        : null;

    // Heads are split off and joined again behind batch and row, which stay where they are.
    private RowUse[]? Reshaped(NodeProto node, int axis) =>
        ranks.Of(node.Output[0]) + axis == RowPosition && ranks.Of(node.Input[0]) is >= 3 and var rank && Tail(node) is not null
            ? [new RowUse(RowPosition - rank), RowUse.All]
            : null;

    /// <summary>Dimensions behind batch and row that a Reshape makes, at most one of them −1; null where they are not known.</summary>
    internal long[]? Tail(NodeProto reshape)
    {
        if (NodeAttributes.Int(reshape, "allowzero", 0) != 0)
            return null;
        var shape = Dimensions(reshape.Input[1]);
        if (shape is null || shape.Length < 3)
            return null;
        var tail = shape[(RowPosition + 1)..];
        return tail.Count(dimension => dimension is null or -1) <= 1 && tail.All(dimension => dimension != 0)
            ? [.. tail.Select(dimension => dimension ?? -1)]
            : null;
    }

    private long?[]? Dimensions(string shape)
    {
        if (TensorValues.Integers(graph.Constant(shape)) is { } numbers)
            return [.. numbers.Select(number => (long?)number)];
        if (graph.Producer(shape) is not { OpType: "Concat" } parts)
            return null;
        var dimensions = new List<long?>();
        foreach (var part in parts.Input)
        {
            if (TensorValues.Integers(graph.Constant(part)) is { } known)
                dimensions.AddRange(known.Select(number => (long?)number));
            else if (graph.Producer(part) is { OpType: "Shape" } leading && NodeAttributes.Int(leading, "end", 0) == RowPosition + 1)
                dimensions.AddRange([null, null]);
            else
                dimensions.Add(null);
        }

        return [.. dimensions];
    }

    private int? FromEnd(NodeProto node, long axis) => axis < 0 ? (int)axis : (int?)axis - ranks.Of(node.Input[0]);
}
