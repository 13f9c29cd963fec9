using Rerank.Scorer.Models.Onnx;

namespace Rerank.Scorer.Models.Rewriting;

/// <summary>
/// Weights and activations in bytes, the activations' steps fixed beforehand: a pair's score then does not depend on the other pairs of its
/// pass, as it does with steps taken from the pass itself.
/// </summary>
internal sealed class StaticInt8(ModelGraph graph, IReadOnlyDictionary<string, ActivationRange> ranges, int largestWeight)
{
    private readonly Dictionary<string, (string Bytes, string Scale, string Zero)> _inputs = [];

    internal void Apply(IReadOnlyList<EncoderWeight> weights)
    {
        graph.ImportRuntimeOperators();
        WeightReplacement.Apply(graph, weights, Replace);
    }

    // One operator from bytes to floats, bias included. Written as ONNX's own operators (MatMulInteger, Cast, Mul, Add) the runtime does not
    // put them together when the scales are constants, and each is a pass over the layer's widest state.
    private IEnumerable<NodeProto> Replace(EncoderWeight weight)
    {
        if (!_inputs.TryGetValue(weight.Input, out var input))
        {
            input = _inputs[weight.Input] = Quantized(weight.Input);
            yield return NodeFactory.Node("QuantizeLinear", input.Bytes, [weight.Input, input.Scale, input.Zero], input.Bytes);
        }

        var matrix = Int8Weights.Of(TensorValues.Floats(weight.Weight), weight.Columns, largestWeight);
        var values = graph.Add(NodeFactory.Tensor($"{weight.Weight.Name}_int8", ElementType.Int8, matrix.Values, weight.Rows, weight.Columns));
        var scales = graph.Add(NodeFactory.Floats($"{weight.Weight.Name}_scales", matrix.Scales, weight.Columns));
        string[] inputs = [input.Bytes, values, input.Scale, scales, input.Zero, .. weight.Bias is { } bias ? ["", bias] : Array.Empty<string>()];
        yield return NodeFactory.RuntimeNode("MatMulIntegerToFloat", weight.Name, inputs, weight.Output);
    }

    private (string Bytes, string Scale, string Zero) Quantized(string value)
    {
        var (scale, zero) = ranges[value].Quantization();
        return (
            graph.NewName($"{value}_uint8"),
            graph.Add(NodeFactory.Floats($"{value}_scale", [scale])),
            graph.Add(NodeFactory.Tensor($"{value}_zero", ElementType.UInt8, [zero])));
    }
}
