using Rerank.Scorer.Models.Onnx;
using static Rerank.Scorer.Models.Onnx.NodeAttribute;

namespace Rerank.Scorer.Models.Rewriting;

/// <summary>Weights in four bits, with a scale for every 32 of a column, by ONNX Runtime's operator MatMulNBits.</summary>
internal sealed class Int4Blocks(ModelGraph graph)
{
    // With blocks of 128 the result of a row depends on how many rows there are; with 32 it does not.
    private const int BlockSize = 32;
    private const int Bits = 4;
    private const int Zero = 8;
    private const int AccuracyOfInt8Activations = 4;

    internal void Apply(IReadOnlyList<EncoderWeight> weights)
    {
        graph.ImportRuntimeOperators();
        WeightReplacement.Apply(graph, weights, Replace);
    }

    private IEnumerable<NodeProto> Replace(EncoderWeight weight)
    {
        int rows = weight.Rows, columns = weight.Columns, blocks = (rows + BlockSize - 1) / BlockSize;
        var (values, scales) = Pack(TensorValues.Floats(weight.Weight), rows, columns, blocks);
        var packed = graph.Add(NodeFactory.Tensor(
            $"{weight.Weight.Name}_int4", ElementType.UInt8, values, columns, blocks, BlockSize * Bits / 8));
        var scaleValues = graph.Add(NodeFactory.Floats($"{weight.Weight.Name}_scales", scales, columns * blocks));
        var output = weight.Bias is null ? weight.Output : graph.NewName($"{weight.Name}_product");
        var product = NodeFactory.RuntimeNode("MatMulNBits", weight.Name, [weight.Input, packed, scaleValues], output);
        product.Attribute.AddRange(
            [Int("K", rows), Int("N", columns), Int("bits", Bits), Int("block_size", BlockSize), Int("accuracy_level", AccuracyOfInt8Activations)]);
        yield return product;
        if (weight.Bias is { } bias)
            yield return NodeFactory.Node("Add", weight.BiasAdd!.Name, [output, bias], weight.Output);
    }

    /// <summary>Column by column; two values a byte, the first in the low half; what lies behind the last row is zero.</summary>
    private static (byte[] Values, float[] Scales) Pack(float[] matrix, int rows, int columns, int blocks)
    {
        var values = new byte[columns * blocks * BlockSize / 2];
        var scales = new float[columns * blocks];
        values.AsSpan().Fill(Zero | (Zero << Bits));
        for (var block = 0; block < scales.Length; block++)
        {
            int column = block / blocks, first = block % blocks * BlockSize, end = Math.Min(first + BlockSize, rows);
            var extreme = 0f;
            for (var row = first; row < end; row++)
                extreme = Math.Abs(matrix[(row * columns) + column]) > Math.Abs(extreme) ? matrix[(row * columns) + column] : extreme;
            // Four bits reach from −8 to 7: the value farthest from zero gets −8, so that no step is wasted.
            var scale = extreme == 0 ? 1 : extreme / -Zero;
            scales[block] = scale;
            for (var row = first; row < end; row++)
            {
                var level = (int)Math.Clamp(MathF.Round(matrix[(row * columns) + column] / scale) + Zero, 0, (2 * Zero) - 1);
                var at = (block * BlockSize / 2) + ((row - first) / 2);
                values[at] = (byte)((row - first) % 2 == 0 ? (values[at] & 0xF0) | level : (values[at] & 0x0F) | (level << Bits));
            }
        }

        return (values, scales);
    }
}
