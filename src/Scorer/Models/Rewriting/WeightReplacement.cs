using Rerank.Scorer.Models.Onnx;

namespace Rerank.Scorer.Models.Rewriting;

/// <summary>Puts other nodes in the place of products with weights.</summary>
internal static class WeightReplacement
{
    /// <param name="graph">The graph.</param>
    /// <param name="weights">What to replace.</param>
    /// <param name="replace">Makes the nodes for one, the last of which has <see cref="EncoderWeight.Output"/> as its output.</param>
    internal static void Apply(ModelGraph graph, IReadOnlyList<EncoderWeight> weights, Func<EncoderWeight, IEnumerable<NodeProto>> replace)
    {
        var nodes = new List<NodeProto>();
        var byProduct = weights.ToDictionary(weight => weight.Product, ReferenceEqualityComparer.Instance as IEqualityComparer<NodeProto>);
        var gone = weights.Select(weight => weight.BiasAdd).OfType<NodeProto>().ToHashSet(ReferenceEqualityComparer.Instance as IEqualityComparer<NodeProto>);
        foreach (var node in graph.Graph.Node)
        {
            if (byProduct.TryGetValue(node, out var weight))
                nodes.AddRange(replace(weight));
            else if (!gone.Contains(node))
                nodes.Add(node);
        }

        graph.SetNodes(nodes);
        graph.RemoveUnused();
    }
}
