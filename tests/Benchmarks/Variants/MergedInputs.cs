using Rerank.Scorer.Models.Onnx;
using Rerank.Scorer.Models.Rewriting;

namespace Rerank.Benchmarks.Variants;

/// <summary>One product instead of several that share their input, as queries, keys and values of a layer do, split up afterwards.</summary>
internal static class MergedInputs
{
    internal static void Apply(ModelGraph graph)
    {
        var weights = EncoderWeights.Of(graph);
        var groups = weights.Where(weight => weight.Bias is not null).GroupBy(weight => weight.Input, StringComparer.Ordinal)
            .Where(group => group.Count() > 1)
            .ToDictionary(group => group.First().Product, group => group.ToArray(), ReferenceEqualityComparer.Instance as IEqualityComparer<NodeProto>);
        WeightReplacement.Apply(
            graph,
            [.. groups.Values.SelectMany(group => group)],
            weight => groups.TryGetValue(weight.Product, out var group) ? Merge(graph, group) : []);
    }

    private static IEnumerable<NodeProto> Merge(ModelGraph graph, EncoderWeight[] group)
    {
        int rows = group[0].Rows, columns = group.Sum(weight => weight.Columns);
        var matrix = new float[rows * columns];
        var first = 0;
        foreach (var weight in group)
        {
            var values = TensorValues.Floats(weight.Weight);
            for (var row = 0; row < rows; row++)
                values.AsSpan(row * weight.Columns, weight.Columns).CopyTo(matrix.AsSpan((row * columns) + first));
            first += weight.Columns;
        }

        var name = group[0].Name;
        var bias = graph.Add(NodeFactory.Floats(
            $"{name}_merged_bias", [.. group.SelectMany(weight => TensorValues.Floats(graph.Constant(weight.Bias!)!))], columns));
        var product = graph.NewName($"{name}_merged_product");
        var sum = graph.NewName($"{name}_merged");
        yield return NodeFactory.Node("MatMul", product, [group[0].Input, graph.Add(NodeFactory.Floats($"{name}_merged_weight", matrix, rows, columns))], product);
        yield return NodeFactory.Node("Add", sum, [product, bias], sum);
        var sizes = graph.Add(NodeFactory.Vector($"{name}_merged_sizes", [.. group.Select(weight => (long)weight.Columns)]));
        var split = new NodeProto { Name = $"{sum}_split", OpType = "Split", Input = { sum, sizes }, Attribute = { NodeAttribute.Int("axis", -1) } };
        split.Output.AddRange(group.Select(weight => weight.Output));
        yield return split;
    }
}
