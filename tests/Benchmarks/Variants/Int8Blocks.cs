using Rerank.Scorer.Models.Onnx;
using Rerank.Scorer.Models.Rewriting;
using static Rerank.Scorer.Models.Onnx.NodeAttribute;

namespace Rerank.Benchmarks.Variants;

/// <summary>Weights in eight bits, with a scale for every block of a column, by ONNX Runtime's operator MatMulNBits.</summary>
internal sealed class Int8Blocks(ModelGraph graph, int blockSize)
{
    private const int Bits = 8;
    private const int Zero = 128;
    private const int AccuracyOfInt8Activations = 4;

    internal void Apply()
    {
        graph.ImportRuntimeOperators();
        WeightReplacement.Apply(graph, EncoderWeights.Of(graph), Replace);
    }

    private IEnumerable<NodeProto> Replace(EncoderWeight weight)
    {
        int rows = weight.Rows, columns = weight.Columns, blocks = (rows + blockSize - 1) / blockSize;
        var (values, scales) = Pack(TensorValues.Floats(weight.Weight), rows, columns, blocks);
        var packed = graph.Add(NodeFactory.Tensor($"{weight.Weight.Name}_blocks", ElementType.UInt8, values, columns, blocks, blockSize));
        var scaleValues = graph.Add(NodeFactory.Floats($"{weight.Weight.Name}_scales", scales, columns * blocks));
        var output = weight.Bias is null ? weight.Output : graph.NewName($"{weight.Name}_product");
        var product = NodeFactory.RuntimeNode("MatMulNBits", weight.Name, [weight.Input, packed, scaleValues], output);
        product.Attribute.AddRange(
            [Int("K", rows), Int("N", columns), Int("bits", Bits), Int("block_size", blockSize), Int("accuracy_level", AccuracyOfInt8Activations)]);
        yield return product;
        if (weight.Bias is { } bias)
            yield return NodeFactory.Node("Add", weight.BiasAdd!.Name, [output, bias], weight.Output);
    }

    private (byte[] Values, float[] Scales) Pack(float[] matrix, int rows, int columns, int blocks)
    {
        var values = new byte[columns * blocks * blockSize];
        var scales = new float[columns * blocks];
        values.AsSpan().Fill(Zero);
        for (var block = 0; block < scales.Length; block++)
        {
            int column = block / blocks, first = block % blocks * blockSize, end = Math.Min(first + blockSize, rows);
            var largest = 0f;
            for (var row = first; row < end; row++)
                largest = Math.Max(largest, Math.Abs(matrix[(row * columns) + column]));
            var scale = scales[block] = largest == 0 ? 1 : largest / sbyte.MaxValue;
            for (var row = first; row < end; row++)
                values[(block * blockSize) + row - first] = (byte)(MathF.Round(matrix[(row * columns) + column] / scale) + Zero);
        }

        return (values, scales);
    }
}
