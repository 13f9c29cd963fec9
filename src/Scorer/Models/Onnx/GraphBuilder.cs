using Google.Protobuf;

namespace Rerank.Scorer.Models.Onnx;

/// <summary>Writes a graph as expressions: an operator returns the name of its output. Names are the same in every run.</summary>
internal sealed class GraphBuilder(string name)
{
    // Opset 14 and IR 7 are what usual exports of BERT carry, and every runtime of the last years reads them.
    private const int Opset = 14;
    private const int IrVersion = 7;

    private readonly GraphProto _graph = new() { Name = name };
    private readonly List<StreamedTensor> _streamed = [];
    private readonly Dictionary<string, int> _uses = [];

    /// <summary>Path put before the names of the nodes that follow, such as <c>bert/embeddings</c>.</summary>
    internal string Scope { get; set; } = "";

    /// <summary>Initializers whose values are made while the file is written.</summary>
    internal IReadOnlyList<StreamedTensor> Streamed => _streamed;

    internal string Input(string input, ElementType type, params ReadOnlySpan<string> dimensions)
    {
        _graph.Input.Add(Value(input, type, dimensions));
        return input;
    }

    /// <summary>Makes <paramref name="value"/> the output <paramref name="output"/>; a dimension is a number or a name.</summary>
    internal void Output(string output, string value, ElementType type, params ReadOnlySpan<string> dimensions)
    {
        _graph.Node.Add(new NodeProto { Name = Unique("Identity"), OpType = "Identity", Input = { value }, Output = { output } });
        _graph.Output.Add(Value(output, type, dimensions));
    }

    internal string Floats(string constant, ReadOnlySpan<float> values, params ReadOnlySpan<long> dimensions) =>
        Initializer(Header(constant, ElementType.Float, dimensions), TensorBytes.Of(values));

    internal string Ints(string constant, ReadOnlySpan<long> values, params ReadOnlySpan<long> dimensions) =>
        Initializer(Header(constant, ElementType.Int64, dimensions), TensorBytes.Of(values));

    internal string Float(string constant, float value) => Floats(constant, [value]);

    internal string Int(string constant, long value) => Ints(constant, [value]);

    /// <summary>Numbers as a vector, even one alone: axes and ends of slices are given so.</summary>
    internal string Vector(string constant, params ReadOnlySpan<long> values) => Ints(constant, values, values.Length);

    internal string Streaming(string constant, Action<Stream> writeFloats, params ReadOnlySpan<long> dimensions)
    {
        var header = Header(constant, ElementType.Float, dimensions);
        var count = header.Dims.Aggregate(1L, (product, dimension) => checked(product * dimension));
        _streamed.Add(new StreamedTensor(header, checked((int)(count * sizeof(float))), writeFloats));
        return constant;
    }

    internal string Op(string type, params ReadOnlySpan<string> inputs) => Op(type, inputs, []);

    internal string Op(string type, ReadOnlySpan<string> inputs, params ReadOnlySpan<AttributeProto> attributes)
    {
        var node = new NodeProto { Name = Unique(type), OpType = type };
        node.Input.AddRange(inputs.ToArray());
        node.Output.Add(node.Name + "_output_0");
        node.Attribute.AddRange(attributes.ToArray());
        _graph.Node.Add(node);
        return node.Output[0];
    }

    internal string Cast(string value, ElementType to) => Op("Cast", [value], NodeAttribute.Int("to", (long)to));

    internal ModelProto Build() => new()
    {
        IrVersion = IrVersion,
        ProducerName = "rerank",
        Graph = _graph,
        OpsetImport = { new OperatorSetIdProto { Version = Opset } },
    };

    private string Initializer(TensorProto tensor, ByteString values)
    {
        tensor.RawData = values;
        _graph.Initializer.Add(tensor);
        return tensor.Name;
    }

    private static TensorProto Header(string constant, ElementType type, ReadOnlySpan<long> dimensions) =>
        new() { Name = constant, DataType = (int)type, Dims = { dimensions.ToArray() } };

    private string Unique(string type)
    {
        var path = Scope.Length == 0 ? $"/{type}" : $"/{Scope}/{type}";
        var use = _uses[path] = _uses.GetValueOrDefault(path) + 1;
        return use == 1 ? path : $"{path}_{use - 1}";
    }

    private static ValueInfoProto Value(string value, ElementType type, ReadOnlySpan<string> dimensions)
    {
        var shape = new TensorShapeProto();
        foreach (var dimension in dimensions)
        {
            shape.Dim.Add(long.TryParse(dimension, out var size)
                ? new TensorShapeProto.Types.Dimension { DimValue = size }
                : new TensorShapeProto.Types.Dimension { DimParam = dimension });
        }

        return new ValueInfoProto
        {
            Name = value,
            Type = new TypeProto { TensorType = new TensorTypeProto { ElemType = (int)type, Shape = shape } },
        };
    }
}
