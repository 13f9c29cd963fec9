using Rerank.Scorer.Models.Onnx;

namespace Rerank.Scorer.Models;

/// <summary>Whether a graph takes what the Scorer feeds and gives one score a pair.</summary>
internal static class ModelSignature
{
    private const string Ids = "input_ids";
    private const string Mask = "attention_mask";
    private const string Types = "token_type_ids";
    private const string Logits = "logits";

    /// <exception cref="ModelException">The inputs are others.</exception>
    internal static bool HasTokenTypeIds(GraphOutline graph, string onnxPath)
    {
        var initializers = graph.Initializer.Select(tensor => tensor.Name).ToHashSet(StringComparer.Ordinal);
        var inputs = graph.Input.Where(input => !initializers.Contains(input.Name)).ToArray();
        var names = inputs.Select(input => input.Name).ToArray();
        if (!names.Contains(Ids) || !names.Contains(Mask) || names.Except([Ids, Mask, Types], StringComparer.Ordinal).Any()
            || !inputs.All(input => IsInt64(input) && Shape(input) is null or { Dim.Count: 2 }))
        {
            throw new ModelException(
                $"{onnxPath} has the inputs {List(inputs)}; a cross-encoder has {Ids}, {Mask} and, if any, {Types}, "
                + "each int64 [batch, sequence]. Export it for text classification.");
        }

        return names.Contains(Types);
    }

    /// <returns>The name of the output with the scores.</returns>
    /// <exception cref="ModelException">There is none of one label a pair.</exception>
    internal static string Output(GraphOutline graph, string onnxPath, int? configuredLabels)
    {
        var output = graph.Output.FirstOrDefault(value => value.Name == Logits) ?? (graph.Output.Count == 1 ? graph.Output[0] : null);
        if (output is not null && Type(output) is ElementType.Float16 or ElementType.BFloat16 or ElementType.Double)
        {
            throw new ModelException(
                $"{onnxPath} gives {Describe(output)}; scores are kept as float32. "
                + "Export it so that inputs and outputs keep their types (for fp16: keep_io_types).");
        }

        if (output is not null && Activation(graph, output) is { } activation)
        {
            throw new ModelException(
                $"{onnxPath} ends in {activation}: its output is no raw logit. Export the model without its activation.");
        }

        if (output is null || Type(output) != ElementType.Float || !IsOneLabel(Shape(output), configuredLabels))
        {
            throw new ModelException(
                $"{onnxPath} has the outputs {List(graph.Output)}; a cross-encoder has one, {Logits} float [batch, 1]. "
                + "Export it for text classification with one label.");
        }

        return output.Name;
    }

    // A last dimension without a number is taken at the word of config.json.
    private static bool IsOneLabel(TensorShapeProto? shape, int? configuredLabels) => shape switch
    {
        { Dim.Count: 1 } => true,
        { Dim: [_, { HasDimValue: true } labels] } => labels.DimValue == 1,
        null or { Dim.Count: 2 } => configuredLabels == 1,
        _ => false,
    };

    private static TensorShapeProto? Shape(ValueInfoProto value) => value.Type?.TensorType?.Shape;

    private static bool IsInt64(ValueInfoProto value) => Type(value) is ElementType.Int64;

    private static string? Activation(GraphOutline graph, ValueInfoProto output) =>
        graph.Node.FirstOrDefault(node => node.Output.Contains(output.Name))?.OpType is "Sigmoid" or "Softmax" or "LogSoftmax" or "Tanh"
            ? graph.Node.First(node => node.Output.Contains(output.Name)).OpType
            : null;

    private static ElementType Type(ValueInfoProto value) => (ElementType)(value.Type?.TensorType?.ElemType ?? 0);

    private static string List(IReadOnlyCollection<ValueInfoProto> values) =>
        values.Count == 0 ? "(none)" : string.Join(", ", values.Select(Describe));

    private static string Describe(ValueInfoProto value)
    {
        var type = Type(value).ToString().ToLowerInvariant();
        return Shape(value) is { } shape
            ? $"{value.Name} {type} [{string.Join(", ", shape.Dim.Select(Describe))}]"
            : $"{value.Name} {type} of unknown shape";
    }

    private static string Describe(TensorShapeProto.Types.Dimension dimension) => dimension switch
    {
        { HasDimValue: true } => $"{dimension.DimValue}",
        { DimParam.Length: > 0 } => dimension.DimParam,
        _ => "?",
    };
}
