using Rerank.Scorer.Models.Onnx;

namespace Rerank.Scorer.Models.Rewriting;

/// <summary>
/// The weight matrices of an encoder's layers: queries, keys, values, attention output, feed-forward. Those of pooler and classifier work on
/// one row a pair, are small, and stay as they are.
/// </summary>
internal static class EncoderWeights
{
    private const int StateRank = 3;

    internal static EncoderWeight[] Of(ModelGraph graph)
    {
        var ranks = new ValueRanks(graph);
        var texts = TextValues.Of(graph);
        var consumers = graph.Consumers();
        return
        [
            .. from node in graph.Graph.Node
               where node.OpType == "MatMul" && texts.Contains(node.Input[0]) && ranks.Of(node.Input[0]) is null or StateRank
               let weight = graph.Constant(node.Input[1])
               where weight is { DataType: (int)ElementType.Float, Dims.Count: 2 }
               select WithBias(node, weight, graph, consumers),
        ];
    }

    private static EncoderWeight WithBias(NodeProto product, TensorProto weight, ModelGraph graph, ILookup<string, NodeProto> consumers)
    {
        var uses = consumers[product.Output[0]].ToArray();
        if (uses is [{ OpType: "Add" } add] && !graph.IsOutput(product.Output[0]))
        {
            var other = add.Input[add.Input[0] == product.Output[0] ? 1 : 0];
            if (graph.Constant(other) is { DataType: (int)ElementType.Float, Dims: [var length] } && length == weight.Dims[1])
                return new EncoderWeight(product, weight, add, other);
        }

        return new EncoderWeight(product, weight, BiasAdd: null, Bias: null);
    }
}
