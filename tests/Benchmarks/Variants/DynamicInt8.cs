using Rerank.Scorer.Models.Onnx;
using Rerank.Scorer.Models.Rewriting;

namespace Rerank.Benchmarks.Variants;

/// <summary>Activations' steps taken from the pass as a whole, in ONNX's own operators, as usual dynamic quantizing writes it.</summary>
internal sealed class DynamicInt8(ModelGraph graph)
{
    private static readonly string[] Outputs = ["bytes", "scale", "zero"];

    private readonly Dictionary<string, NodeProto> _inputs = [];

    internal void Apply() => WeightReplacement.Apply(graph, EncoderWeights.Of(graph), Replace);

    private IEnumerable<NodeProto> Replace(EncoderWeight weight)
    {
        if (!_inputs.TryGetValue(weight.Input, out var input))
        {
            input = new NodeProto { Name = $"{weight.Input}_quantize", OpType = "DynamicQuantizeLinear", Input = { weight.Input } };
            foreach (var output in Outputs)
                input.Output.Add(graph.NewName($"{weight.Input}_{output}"));
            _inputs[weight.Input] = input;
            yield return input;
        }

        var matrix = Int8Weights.Of(TensorValues.Floats(weight.Weight), weight.Columns, sbyte.MaxValue);
        var values = graph.Add(NodeFactory.Tensor($"{weight.Weight.Name}_int8", ElementType.Int8, matrix.Values, weight.Rows, weight.Columns));
        var scales = graph.Add(NodeFactory.Floats($"{weight.Weight.Name}_scales", matrix.Scales, weight.Columns));
        var product = graph.NewName($"{weight.Name}_integers");
        yield return NodeFactory.Node("MatMulInteger", product, [input.Output[0], values, input.Output[2]], product);
        var floats = graph.NewName($"{weight.Name}_floats");
        var cast = NodeFactory.Node("Cast", floats, [product], floats);
        cast.Attribute.Add(NodeAttribute.Int("to", (long)ElementType.Float));
        yield return cast;
        var step = graph.NewName($"{weight.Name}_step");
        yield return NodeFactory.Node("Mul", step, [input.Output[1], scales], step);
        var scaled = weight.Bias is null ? weight.Output : graph.NewName($"{weight.Name}_scaled");
        yield return NodeFactory.Node("Mul", scaled, [floats, step], scaled);
        if (weight.Bias is { } bias)
            yield return NodeFactory.Node("Add", weight.Output, [scaled, bias], weight.Output);
    }
}
