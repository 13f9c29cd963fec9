using Rerank.Scorer.Models.Onnx;
using static Rerank.Scorer.Models.Onnx.NodeAttribute;

namespace Rerank.Scorer.Models.Rewriting;

/// <summary>
/// Weights and activations in bytes, a step for each row (token) from its own largest value: no calibration, no dependence on the rest of the
/// pass, but more work than steps fixed beforehand.
/// </summary>
internal sealed class PerRowInt8(ModelGraph graph, int largestWeight)
{
    private const byte Zero = 128;

    private readonly Dictionary<string, (string Bytes, string Step)> _inputs = [];
    private string _largest = "", _offset = "", _zero = "", _one = "", _least = "";

    internal void Apply(IReadOnlyList<EncoderWeight> weights)
    {
        graph.ImportRuntimeOperators();
        _largest = graph.Add(NodeFactory.Floats("int8_largest", [sbyte.MaxValue]));
        _offset = graph.Add(NodeFactory.Floats("int8_offset", [Zero]));
        _zero = graph.Add(NodeFactory.Tensor("int8_zero", ElementType.UInt8, [Zero]));
        _one = graph.Add(NodeFactory.Floats("int8_one", [1]));
        _least = graph.Add(NodeFactory.Floats("int8_least", [1e-12f]));
        WeightReplacement.Apply(graph, weights, Replace);
    }

    private IEnumerable<NodeProto> Replace(EncoderWeight weight)
    {
        var nodes = new List<NodeProto>();
        if (!_inputs.TryGetValue(weight.Input, out var input))
            input = _inputs[weight.Input] = Quantize(weight.Input, nodes);
        var matrix = Int8Weights.Of(TensorValues.Floats(weight.Weight), weight.Columns, largestWeight);
        var values = graph.Add(NodeFactory.Tensor($"{weight.Weight.Name}_int8", ElementType.Int8, matrix.Values, weight.Rows, weight.Columns));
        var scales = graph.Add(NodeFactory.Floats($"{weight.Weight.Name}_scales", matrix.Scales, weight.Columns));
        var product = graph.NewName($"{weight.Name}_product");
        nodes.Add(NodeFactory.RuntimeNode("MatMulIntegerToFloat", weight.Name, [input.Bytes, values, _one, scales, _zero], product));
        var scaled = weight.Bias is null ? weight.Output : graph.NewName($"{weight.Name}_scaled");
        nodes.Add(NodeFactory.Node("Mul", scaled, [product, input.Step], scaled));
        if (weight.Bias is { } bias)
            nodes.Add(NodeFactory.Node("Add", weight.Output, [scaled, bias], weight.Output));
        return nodes;
    }

    private (string Bytes, string Step) Quantize(string value, List<NodeProto> nodes)
    {
        var largest = Op("Abs", value);
        var reduced = graph.NewName($"{value}_ReduceMax");
        var reduce = NodeFactory.Node("ReduceMax", reduced, [largest], reduced);
        reduce.Attribute.Add(Ints("axes", -1));
        nodes.Add(reduce);
        var step = Op("Div", Op("Max", reduced, _least), _largest);
        var bytes = graph.NewName($"{value}_uint8");
        var cast = NodeFactory.Node("Cast", bytes, [Op("Round", Op("Add", Op("Div", value, step), _offset))], bytes);
        cast.Attribute.Add(Int("to", (long)ElementType.UInt8));
        nodes.Add(cast);
        return (bytes, step);

        string Op(string type, params string[] inputs)
        {
            var output = graph.NewName($"{value}_{type}");
            nodes.Add(NodeFactory.Node(type, output, inputs, output));
            return output;
        }
    }
}
