using System.Buffers.Binary;
using Rerank.Scorer.Models.Onnx;
using static Rerank.Scorer.Models.Onnx.NodeAttribute;

namespace Rerank.Scorer.Models.Rewriting;

/// <summary>
/// All matrices and tables in float16 in the file, brought to float where they are used: half the size, and any processor can compute it.
/// Tables are looked up before they are widened, so that a pass widens only the rows that it needs.
/// </summary>
internal sealed class HalfWeights(ModelGraph graph)
{
    internal void Apply()
    {
        var consumers = graph.Consumers();
        var nodes = new List<NodeProto>();
        var before = new Dictionary<NodeProto, List<NodeProto>>(ReferenceEqualityComparer.Instance);
        var after = new Dictionary<NodeProto, NodeProto>(ReferenceEqualityComparer.Instance);
        foreach (var tensor in graph.Graph.Initializer.Where(IsMatrix).ToArray())
        {
            var half = graph.Add(Halved(tensor));
            var uses = consumers[tensor.Name].ToArray();
            if (uses.All(node => node.OpType == "Gather" && node.Input[0] == tensor.Name))
            {
                foreach (var lookUp in uses)
                    after[lookUp] = WidenOutput(lookUp, half);
            }
            else
            {
                before.TryAdd(uses[0], []);
                before[uses[0]].Add(Widen(half, tensor.Name));
                graph.Graph.Initializer.Remove(tensor);
            }
        }

        foreach (var node in graph.Graph.Node)
        {
            nodes.AddRange(before.GetValueOrDefault(node) ?? []);
            nodes.Add(node);
            if (after.TryGetValue(node, out var widen))
                nodes.Add(widen);
        }

        graph.SetNodes(nodes);
        graph.RemoveUnused();
    }

    private static bool IsMatrix(TensorProto tensor) => tensor is { DataType: (int)ElementType.Float, Dims.Count: >= 2 };

    private NodeProto WidenOutput(NodeProto lookUp, string half)
    {
        var output = lookUp.Output[0];
        lookUp.Input[0] = half;
        lookUp.Output[0] = graph.NewName($"{output}_fp16");
        return Widen(lookUp.Output[0], output);
    }

    private static NodeProto Widen(string half, string output)
    {
        var cast = NodeFactory.Node("Cast", $"{output}_widened", [half], output);
        cast.Attribute.Add(Int("to", (long)ElementType.Float));
        return cast;
    }

    private static TensorProto Halved(TensorProto tensor)
    {
        var values = TensorValues.Floats(tensor);
        var bytes = new byte[values.Length * 2];
        for (var i = 0; i < values.Length; i++)
        {
            // Beyond float16's range an infinity would poison whatever it meets.
            var value = Math.Clamp(values[i], (float)Half.MinValue, (float)Half.MaxValue);
            BinaryPrimitives.WriteHalfLittleEndian(bytes.AsSpan(i * 2), (Half)value);
        }

        return NodeFactory.Tensor($"{tensor.Name}_fp16", ElementType.Float16, bytes, [.. tensor.Dims]);
    }
}
