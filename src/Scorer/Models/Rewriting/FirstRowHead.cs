using Rerank.Scorer.Models.Onnx;

namespace Rerank.Scorer.Models.Rewriting;

/// <summary>Finds where a cross-encoder takes the first row, that of [CLS], out of the last layer.</summary>
internal sealed class FirstRowHead(ModelGraph graph, ValueRanks ranks, HashSet<string> texts)
{
    private const int StateRank = 3;

    /// <summary>The node whose first input is the state of all rows and whose output holds the first only.</summary>
    /// <exception cref="ModelException">The rows are left in another way, such as a mean over all of them.</exception>
    internal NodeProto Find()
    {
        var value = graph.Graph.Output.Select(output => output.Name).First(texts.Contains);
        NodeProto? node = null;
        while (graph.Producer(value) is { } before)
        {
            node = before;
            if (TakesFirstRow(node))
                return node;
            var inputs = node.Input.Where(texts.Contains).Distinct(StringComparer.Ordinal).ToArray();
            // What follows the choice of the row is a chain; an activation written out may branch, as long as it stays that narrow.
            if (inputs.Any(input => ranks.Of(input) >= StateRank) && !IsSqueezeOfOneRow(node))
                break;
            value = inputs[0];
        }

        throw UnknownGraph.At(ranks.FirstUnknown(node!), "the score should come from the first row of the last layer");
    }

    private bool TakesFirstRow(NodeProto node) => node.OpType switch
    {
        "Gather" => NodeAttributes.Int(node, "axis", 0) is 1 or -2 && ranks.Of(node.Input[0]) == StateRank && Is(node.Input[1], 0),
        "Slice" => ranks.Of(node.Input[0]) == StateRank && node.Input.Count > 3 && Is(node.Input[1], 0) && Is(node.Input[2], 1)
            && (Is(node.Input[3], 1) || Is(node.Input[3], -2)),
        _ => false,
    };

    private bool IsSqueezeOfOneRow(NodeProto node) =>
        node.OpType is "Squeeze" or "Reshape" && graph.Producer(node.Input[0]) is { } slice && TakesFirstRow(slice);

    private bool Is(string value, long number) => TensorValues.Integers(graph.Constant(value)) is [var only] && only == number;
}
