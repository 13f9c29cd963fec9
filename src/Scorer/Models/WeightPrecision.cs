using Rerank.Scorer.Models.Onnx;

namespace Rerank.Scorer.Models;

/// <summary>The precision of a graph, read from the data types of its weights.</summary>
internal static class WeightPrecision
{
    private const int DefaultNBits = 4;

    /// <exception cref="ModelException">There are no weights to tell it by.</exception>
    internal static string Of(GraphOutline graph, string onnxPath)
    {
        var weights = Weights(graph);
        var consumers = graph.Node
            .SelectMany(node => node.Input.Select(input => (Input: input, Node: node)))
            .ToLookup(use => use.Input, use => use.Node);

        // A lookup table that stays in fp32 may hold more than the matrices of an int8 model: matrices come first.
        var matrices = weights.Where(weight => weight.Rank >= 2 && consumers[weight.Name].Any(node => node.OpType != "Gather")).ToArray();
        return MostOf(matrices, consumers) ?? MostOf(weights, consumers)
            ?? throw new ModelException($"{onnxPath} has no weights of a known type to read its precision from. Export it again.");
    }

    private static Weight[] Weights(GraphOutline graph) =>
    [
        .. graph.Initializer.Select(tensor => new Weight(tensor.Name, tensor.DataType, tensor.Dims)),
        .. from node in graph.Node
           where node.OpType == "Constant"
           from attribute in node.Attribute
           where attribute.T is not null
           select new Weight(node.Output[0], attribute.T.DataType, attribute.T.Dims),
    ];

    private static string? MostOf(IEnumerable<Weight> weights, ILookup<string, NodeProto> consumers) => weights
        .Select(weight => (Precision: PrecisionOf(weight, consumers[weight.Name]), weight.Count))
        .Where(weight => weight.Precision is not null)
        .GroupBy(weight => weight.Precision, weight => weight.Count, StringComparer.Ordinal)
        .MaxBy(group => group.Sum())?.Key;

    private static string? PrecisionOf(Weight weight, IEnumerable<NodeProto> consumers) => (ElementType)weight.Type switch
    {
        ElementType.Float => "fp32",
        ElementType.Double => "fp64",
        ElementType.Float16 => "fp16",
        ElementType.BFloat16 => "bf16",
        ElementType.Int4 or ElementType.UInt4 => "int4",
        ElementType.Int8 or ElementType.UInt8 => $"int{PackedBits(consumers) ?? 8}",
        _ => null,
    };

    /// <summary>MatMulNBits packs its weights into bytes and says in an attribute how many bits each has.</summary>
    private static long? PackedBits(IEnumerable<NodeProto> consumers) =>
        consumers.FirstOrDefault(node => node.OpType == "MatMulNBits") is { } packed
            ? packed.Attribute.FirstOrDefault(attribute => attribute.Name == "bits")?.I ?? DefaultNBits
            : null;

    private sealed record Weight(string Name, int Type, IReadOnlyList<long> Dims)
    {
        internal int Rank => Dims.Count;

        internal long Count => Dims.Aggregate(1L, (product, dimension) => product * dimension);
    }
}
