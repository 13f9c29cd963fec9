using Google.Protobuf;
using Rerank.Scorer.Models.Onnx;

namespace Rerank.Scorer.Models.Rewriting;

/// <summary>A model in memory, with its weights, that can be looked through and changed. Nodes stay in the order of their use.</summary>
internal sealed class ModelGraph
{
    // Slice and ReduceMean took other inputs before.
    private const int OldestOpset = 11;

    private readonly Dictionary<string, TensorProto> _constants;
    private readonly Dictionary<string, NodeProto> _producers;
    private readonly HashSet<string> _names;

    private ModelGraph(ModelProto model)
    {
        Model = model;
        _constants = Graph.Initializer.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        _producers = [];
        foreach (var node in Graph.Node)
        {
            if (NodeConstant.Of(node) is { } constant)
                _constants[node.Output[0]] = constant;
            foreach (var output in node.Output.Where(output => output.Length > 0))
                _producers[output] = node;
        }

        _names = [.. _constants.Keys, .. _producers.Keys, .. Graph.Input.Select(input => input.Name)];
    }

    internal ModelProto Model { get; }

    internal GraphProto Graph => Model.Graph;

    /// <summary>Reads a model whole, weights beside the file included.</summary>
    /// <exception cref="ModelException">It is damaged, too large, or of a kind that cannot be rewritten.</exception>
    internal static ModelGraph Load(string onnxPath)
    {
        // The outline says in words what is wrong with a damaged file.
        OnnxFile.ReadOutline(onnxPath);
        if (new FileInfo(onnxPath).Length > int.MaxValue)
            throw new ModelException($"{onnxPath} is larger than 2 GiB, the limit of the format for one file. It cannot be rewritten.");
        using var file = File.OpenRead(onnxPath);
        var graph = new ModelGraph(ModelProto.Parser.ParseFrom(file));
        graph.CheckKind(onnxPath);
        foreach (var tensor in graph.Graph.Initializer)
            TensorValues.BringIn(tensor, onnxPath);
        return graph;
    }

    internal byte[] ToBytes() => Model.ToByteArray();

    internal TensorProto? Constant(string value) => _constants.GetValueOrDefault(value);

    internal NodeProto? Producer(string value) => _producers.GetValueOrDefault(value);

    internal bool IsOutput(string value) => Graph.Output.Any(output => output.Name == value);

    internal ILookup<string, NodeProto> Consumers() => Graph.Node
        .SelectMany(node => node.Input.Where(input => input.Length > 0).Distinct().Select(input => (Input: input, Node: node)))
        .ToLookup(use => use.Input, use => use.Node);

    internal string Add(TensorProto constant)
    {
        constant.Name = NewName(constant.Name);
        Graph.Initializer.Add(constant);
        _constants[constant.Name] = constant;
        return constant.Name;
    }

    /// <summary>A name like <paramref name="wish"/> that nothing has yet.</summary>
    internal string NewName(string wish)
    {
        var name = wish;
        for (var i = 1; !_names.Add(name); i++)
            name = $"{wish}_{i}";
        return name;
    }

    /// <summary>Replaces all nodes, which must be in the order of their use.</summary>
    internal void SetNodes(IEnumerable<NodeProto> nodes)
    {
        NodeProto[] all = [.. nodes];
        Graph.Node.Clear();
        Graph.Node.AddRange(all);
    }

    /// <summary>Makes the operators of ONNX Runtime's own domain known.</summary>
    internal void ImportRuntimeOperators()
    {
        if (Model.OpsetImport.All(import => import.Domain != NodeFactory.RuntimeDomain))
            Model.OpsetImport.Add(new OperatorSetIdProto { Domain = NodeFactory.RuntimeDomain, Version = 1 });
    }

    /// <summary>Says in the model what was done with it.</summary>
    internal void Note(string key, string value) => Model.MetadataProps.Add(new StringStringEntryProto { Key = key, Value = value });

    /// <summary>Removes nodes and constants that nothing uses any more, and shapes noted for what may have changed.</summary>
    internal void RemoveUnused()
    {
        var used = Graph.Output.Select(output => output.Name).ToHashSet(StringComparer.Ordinal);
        var kept = new Stack<NodeProto>();
        foreach (var node in Graph.Node.Reverse().Where(node => node.Output.Any(used.Contains)))
        {
            used.UnionWith(node.Input);
            kept.Push(node);
        }

        SetNodes(kept);
        TensorProto[] constants = [.. Graph.Initializer.Where(tensor => used.Contains(tensor.Name))];
        Graph.Initializer.Clear();
        Graph.Initializer.AddRange(constants);
        Graph.ValueInfo.Clear();
    }

    private void CheckKind(string onnxPath)
    {
        var opset = Model.OpsetImport.Where(import => import.Domain is "" or "ai.onnx").Select(import => import.Version).DefaultIfEmpty(1).Max();
        if (opset < OldestOpset)
            throw new ModelException($"{onnxPath} is of opset {opset}; export the model again with opset {OldestOpset} or later.");
        if (Graph.Node.FirstOrDefault(node => node.Attribute.Any(attribute => attribute.G is not null)) is { } branch)
            throw UnknownGraph.At(branch, "graphs within graphs are not rewritten");
    }
}
