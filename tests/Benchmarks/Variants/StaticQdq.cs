using Rerank.Scorer.Models.Onnx;
using Rerank.Scorer.Models.Rewriting;

namespace Rerank.Benchmarks.Variants;

/// <summary>
/// Products of floats between QuantizeLinear and DequantizeLinear, as usual static quantizing writes it: the runtime puts them together
/// into products of bytes.
/// </summary>
/// <param name="graph">The graph.</param>
/// <param name="ranges">Of inputs, and of products where <paramref name="outputs"/>.</param>
/// <param name="outputs">The products' results are bytes too.</param>
internal sealed class StaticQdq(ModelGraph graph, IReadOnlyDictionary<string, ActivationRange> ranges, bool outputs)
{
    private readonly Dictionary<string, string> _inputs = [];

    internal void Apply() => WeightReplacement.Apply(graph, EncoderWeights.Of(graph), Replace);

    private List<NodeProto> Replace(EncoderWeight weight)
    {
        var nodes = new List<NodeProto>();
        if (!_inputs.TryGetValue(weight.Input, out var input))
            input = _inputs[weight.Input] = There(weight.Input, graph.NewName($"{weight.Input}_dequantized"), ranges[weight.Input], nodes);

        var name = weight.Weight.Name;
        var matrix = Int8Weights.Of(TensorValues.Floats(weight.Weight), weight.Columns, sbyte.MaxValue);
        var values = graph.Add(NodeFactory.Tensor($"{name}_int8", ElementType.Int8, matrix.Values, weight.Rows, weight.Columns));
        var scales = graph.Add(NodeFactory.Floats($"{name}_scales", matrix.Scales, weight.Columns));
        var zeros = graph.Add(NodeFactory.Tensor($"{name}_zeros", ElementType.Int8, new byte[weight.Columns], weight.Columns));
        var widened = graph.NewName($"{name}_dequantized");
        var widen = NodeFactory.Node("DequantizeLinear", widened, [values, scales, zeros], widened);
        widen.Attribute.Add(NodeAttribute.Int("axis", 1));
        nodes.Add(widen);

        var result = weight.Product.Output[0];
        var product = outputs ? graph.NewName($"{result}_product") : result;
        nodes.Add(NodeFactory.Node("MatMul", weight.Name, [input, widened], product));
        if (outputs)
            There(product, result, ranges[result], nodes);
        if (weight.BiasAdd is { } add)
            nodes.Add(add);
        return nodes;
    }

    /// <summary>To bytes and back; returns <paramref name="output"/>.</summary>
    private string There(string value, string output, ActivationRange range, List<NodeProto> nodes)
    {
        var (step, offset) = range.Quantization();
        var scale = graph.Add(NodeFactory.Floats($"{value}_scale", [step]));
        var zero = graph.Add(NodeFactory.Tensor($"{value}_zero", ElementType.UInt8, [offset]));
        var bytes = graph.NewName($"{value}_uint8");
        nodes.Add(NodeFactory.Node("QuantizeLinear", bytes, [value, scale, zero], bytes));
        nodes.Add(NodeFactory.Node("DequantizeLinear", output, [bytes, scale, zero], output));
        return output;
    }
}
