using Microsoft.ML.OnnxRuntime;
using Rerank.Scorer.Inference;
using Rerank.Scorer.Models.Onnx;
using Rerank.Scorer.Tokenization;

namespace Rerank.Scorer.Models.Rewriting;

/// <summary>The ranges that values of a graph have while it scores pairs.</summary>
internal static class Calibration
{
    /// <param name="graph">The graph; not changed.</param>
    /// <param name="values">What to watch.</param>
    /// <param name="pairs">Run one at a time, as padding is no text.</param>
    /// <exception cref="ModelException">ONNX Runtime does not take the graph.</exception>
    internal static Dictionary<string, ActivationRange> Run(ModelGraph graph, IReadOnlyList<string> values, IEnumerable<TokenizedPair> pairs)
    {
        try
        {
            using var session = new WatchedSession(Watching(graph, values), [.. values.SelectMany(value => new[] { Low(value), High(value) })]);
            var ranges = new Dictionary<string, ActivationRange>();
            foreach (var pair in pairs)
            {
                var seen = session.Run(pair);
                for (var i = 0; i < values.Count; i++)
                {
                    var (low, high) = (seen[2 * i], seen[(2 * i) + 1]);
                    ranges[values[i]] = ranges.TryGetValue(values[i], out var range) ? range.With(low, high) : new ActivationRange(low, high);
                }
            }

            return ranges;
        }
        catch (OnnxRuntimeException exception)
        {
            throw new ModelException($"ONNX Runtime cannot run the model to calibrate it: {exception.Message}", exception);
        }
    }

    // Two numbers a value instead of the whole value: a layer's states over many pairs would not fit in memory.
    private static byte[] Watching(ModelGraph graph, IReadOnlyList<string> values)
    {
        var watched = graph.Model.Clone();
        foreach (var value in values)
        {
            Watch(watched.Graph, "ReduceMin", value, Low(value));
            Watch(watched.Graph, "ReduceMax", value, High(value));
        }

        return Google.Protobuf.MessageExtensions.ToByteArray(watched);
    }

    private static void Watch(GraphProto graph, string type, string value, string output)
    {
        var node = NodeFactory.Node(type, output, [value], output);
        node.Attribute.Add(NodeAttribute.Int("keepdims", 0));
        graph.Node.Add(node);
        graph.Output.Add(new ValueInfoProto
        {
            Name = output,
            Type = new TypeProto { TensorType = new TensorTypeProto { ElemType = (int)ElementType.Float, Shape = new TensorShapeProto() } },
        });
    }

    private static string Low(string value) => $"{value}__low";

    private static string High(string value) => $"{value}__high";
}
