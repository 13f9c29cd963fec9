using Google.Protobuf;
using Rerank.Scorer.Models.Onnx;
using Rerank.Scorer.Models.Rewriting;
using static Rerank.Scorer.Models.Onnx.NodeAttribute;

namespace Rerank.UnitTests.Scorer.Models.Rewriting;

/// <summary>
/// A small BERT cross-encoder in the manner of newer exporters: opset 17 with LayerNormalization, values called val_1 and nodes not called
/// anything, constants as nodes, scaled dot product attention with a mask expanded to all rows and a scale computed from a shape.
/// </summary>
internal sealed class DynamoExport
{
    private const int Hidden = 32, Heads = 4, FeedForward = 64, Vocabulary = 30_522, Positions = 128;

    private readonly GraphProto _graph = new() { Name = "main" };
    private readonly Random _random = new(5);
    private int _count;

    internal static void WriteTo(string path, int layers)
    {
        var export = new DynamoExport();
        foreach (var name in new[] { "input_ids", "attention_mask", "token_type_ids" })
            export._graph.Input.Add(Value(name, ElementType.Int64, "batch", "sequence"));
        export._graph.Output.Add(Value("logits", ElementType.Float, "batch", "1"));
        export.Encoder(layers);
        var model = new ModelProto { IrVersion = 8, Graph = export._graph, OpsetImport = { new OperatorSetIdProto { Version = 17 } } };
        File.WriteAllBytes(path, model.ToByteArray());
    }

    private void Encoder(int layers)
    {
        var batch = Size("input_ids", 0);
        var length = Size("input_ids", 1);
        var square = Op("Concat", [batch, Ints(1), length, length], Int("axis", 0));
        var visible = Op("Cast", [Op("Unsqueeze", ["attention_mask", Ints(1, 2)])], Int("to", (long)ElementType.Bool));
        var mask = Op("Where", [Op("Expand", [visible, square]), Number(0), Number(float.MinValue)]);
        var places = Op("Slice", [Weight(1, Positions, Hidden), Ints(0), length, Ints(1)]);
        var state = Norm(Op("Add", [
            Op("Add", [Op("Gather", [Weight(Vocabulary, Hidden), "input_ids"]), Op("Gather", [Weight(2, Hidden), "token_type_ids"])]), places]));
        for (var layer = 0; layer < layers; layer++)
            state = Layer(state, mask, Op("Concat", [batch, length, Ints(-1), Ints(Hidden / Heads)], Int("axis", 0)), batch, length);
        var first = Op("Gather", [state, Constant(ElementType.Int64, BitConverter.GetBytes(0L))], Int("axis", 1));
        var pooled = Op("Tanh", [Op("Gemm", [first, Weight(Hidden, Hidden), Weight(Hidden)], Int("transB", 1))]);
        _graph.Node.Add(new NodeProto
        {
            OpType = "Gemm",
            Input = { pooled, Weight(1, Hidden), Weight(1) },
            Output = { "logits" },
            Attribute = { Int("transB", 1) },
        });
    }

    private string Layer(string state, string mask, string split, string batch, string length)
    {
        var query = Op("Transpose", [Op("Reshape", [Linear(state, Hidden, Hidden), split])], NodeAttribute.Ints("perm", 0, 2, 1, 3));
        var key = Op("Transpose", [Op("Reshape", [Linear(state, Hidden, Hidden), split])], NodeAttribute.Ints("perm", 0, 2, 3, 1));
        var value = Op("Transpose", [Op("Reshape", [Linear(state, Hidden, Hidden), split])], NodeAttribute.Ints("perm", 0, 2, 1, 3));
        var size = Op("Cast", [Op("Gather", [Op("Shape", [query]), Constant(ElementType.Int64, BitConverter.GetBytes(3L))])], Int("to", 1));
        var scale = Op("Sqrt", [Op("Div", [Number(1), Op("Sqrt", [size])])]);
        var scores = Op("Add", [Op("MatMul", [Op("Mul", [query, scale]), Op("Mul", [key, scale])]), mask]);
        var weights = Op("Softmax", [scores], Int("axis", -1));
        weights = Op("Where", [Op("IsNaN", [weights]), Number(0), weights]);
        var context = Op("Transpose", [Op("MatMul", [weights, value])], NodeAttribute.Ints("perm", 0, 2, 1, 3));
        var joined = Op("Reshape", [context, Op("Concat", [batch, length, Ints(Hidden)], Int("axis", 0))]);
        var attended = Norm(Op("Add", [Linear(joined, Hidden, Hidden), state]));
        var wide = Linear(attended, Hidden, FeedForward);
        var half = Op("Mul", [Op("Mul", [wide, Number(0.5f)]), Op("Add", [Op("Erf", [Op("Div", [wide, Number(1.4142135f)])]), Number(1)])]);
        return Norm(Op("Add", [Linear(half, FeedForward, Hidden), attended]));
    }

    private string Linear(string input, int from, int to) => Op("Add", [Op("MatMul", [input, Weight(from, to)]), Weight(to)]);

    private string Norm(string input) => Op("LayerNormalization", [input, Floats([.. Enumerable.Repeat(1f, Hidden)], Hidden), Weight(Hidden)], Int("axis", -1));

    private string Size(string value, long dimension) => Op("Gather", [Op("Shape", [value]), Ints(dimension)]);

    private string Number(float value) => Constant(ElementType.Float, BitConverter.GetBytes(value));

    private string Ints(params long[] values) => Constant(ElementType.Int64, [.. values.SelectMany(BitConverter.GetBytes)], values.Length);

    private string Constant(ElementType type, byte[] values, params long[] dimensions)
    {
        var node = new NodeProto { OpType = "Constant", Output = { $"val_{++_count}" } };
        node.Attribute.Add(new AttributeProto { Name = "value", Type = AttributeType.AttributeTensor, T = NodeFactory.Tensor("", type, values, dimensions) });
        _graph.Node.Add(node);
        return node.Output[0];
    }

    private string Weight(params long[] dimensions)
    {
        var values = new float[dimensions.Aggregate(1L, (product, dimension) => product * dimension)];
        var width = Math.Sqrt(3.0 / dimensions[0]);
        for (var i = 0; i < values.Length; i++)
            values[i] = (float)(((2 * _random.NextDouble()) - 1) * Math.Min(width, 0.5));
        return Floats(values, dimensions);
    }

    private string Floats(float[] values, params long[] dimensions)
    {
        _graph.Initializer.Add(NodeFactory.Floats($"p_{++_count}", values, dimensions));
        return _graph.Initializer[^1].Name;
    }

    private string Op(string type, string[] inputs, params AttributeProto[] attributes)
    {
        var node = new NodeProto { OpType = type, Input = { inputs }, Output = { $"val_{++_count}" }, Attribute = { attributes } };
        _graph.Node.Add(node);
        return node.Output[0];
    }

    private static ValueInfoProto Value(string name, ElementType type, params string[] dimensions) => new()
    {
        Name = name,
        Type = new TypeProto
        {
            TensorType = new TensorTypeProto
            {
                ElemType = (int)type,
                Shape = new TensorShapeProto
                {
                    Dim =
                    {
                        dimensions.Select(dimension => dimension == "1"
                            ? new TensorShapeProto.Types.Dimension { DimValue = 1 }
                            : new TensorShapeProto.Types.Dimension { DimParam = dimension }),
                    },
                },
            },
        },
    };
}
