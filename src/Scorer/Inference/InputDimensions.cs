using Rerank.Scorer.Models;
using Rerank.Scorer.Models.Onnx;

namespace Rerank.Scorer.Inference;

/// <summary>Names that a graph gives to the two dimensions of its inputs, so that they can be fixed.</summary>
internal sealed record InputDimensions(IReadOnlyList<string> Rows, IReadOnlyList<string> Length)
{
    /// <exception cref="ModelException">A dimension has no name of its own.</exception>
    internal static InputDimensions Of(string onnxPath)
    {
        var graph = OnnxFile.ReadOutline(onnxPath).Graph;
        var initializers = graph.Initializer.Select(tensor => tensor.Name).ToHashSet(StringComparer.Ordinal);
        var inputs = graph.Input.Where(input => !initializers.Contains(input.Name)).ToArray();
        var dimensions = new InputDimensions(Names(inputs, 0, onnxPath), Names(inputs, 1, onnxPath));
        return dimensions.Rows.Intersect(dimensions.Length, StringComparer.Ordinal).FirstOrDefault() is { } shared
            ? throw Unfit(onnxPath, $"calls both rows and tokens '{shared}'")
            : dimensions;
    }

    private static string[] Names(ValueInfoProto[] inputs, int axis, string onnxPath) =>
    [
        .. inputs
            .Select(input => input.Type?.TensorType?.Shape is { Dim: { Count: 2 } dimensions } && dimensions[axis].DimParam is { Length: > 0 } name
                ? name
                : throw Unfit(onnxPath, $"has the input {input.Name} without a name for its dimension {axis}"))
            .Distinct(StringComparer.Ordinal),
    ];

    private static ModelException Unfit(string onnxPath, string problem) => new(
        $"{onnxPath} {problem}, so it cannot be given static shapes. Export it with dynamic axes, or set Scorer__Shapes to Dynamic.");
}
