using Rerank.Scorer.Models.Onnx;

namespace Rerank.Scorer.Models.Rewriting;

/// <summary>
/// Computes the last layer for the row of [CLS] only, as the score is made of no other. Goes back from the node that takes this row as far as
/// operators keep rows apart: through feed-forward, normalisations, attention output and queries, up to the layer's input, of which keys
/// and values need all rows. By structure alone: names of nodes do not matter.
/// </summary>
internal sealed class FirstRowRewrite
{
    private const int FormDepth = 8;

    private readonly ModelGraph _graph;
    private readonly ValueRanks _ranks;
    private readonly RowRules _rules;
    private readonly HashSet<string> _texts;
    private readonly NodeProto _head;
    private readonly Dictionary<string, RowUse> _uses = [];
    private readonly Dictionary<NodeProto, RowUse[]> _narrowed = new(ReferenceEqualityComparer.Instance);

    private FirstRowRewrite(ModelGraph graph)
    {
        _graph = graph;
        _ranks = new ValueRanks(graph);
        _rules = new RowRules(graph, _ranks);
        _texts = TextValues.Of(graph);
        _head = new FirstRowHead(graph, _ranks, _texts).Find();
    }

    /// <returns>The nodes that now work on one row.</returns>
    /// <exception cref="ModelException">The graph is not known, with the node that it stumbled on.</exception>
    internal static int Apply(ModelGraph graph)
    {
        var rewrite = new FirstRowRewrite(graph);
        rewrite.FollowBack();
        rewrite.Check();
        rewrite.Change();
        graph.RemoveUnused();
        return rewrite._narrowed.Count;
    }

    /// <summary>From the last node to the first, so that all uses of a value are known before the node that makes it is looked at.</summary>
    private void FollowBack()
    {
        foreach (var output in _graph.Graph.Output)
            _uses[output.Name] = RowUse.All;
        var consumers = _graph.Consumers();
        foreach (var node in _graph.Graph.Node.Reverse())
        {
            var outputs = node.Output.Where(_uses.ContainsKey).ToArray();
            if (outputs.Length == 0 || _rules.AsksForLastDimension(node, consumers))
                continue;
            if (ReferenceEquals(node, _head))
            {
                Use(node.Input[0], new RowUse(-2));
            }
            else if (outputs is [var only] && only == node.Output[0] && _uses[only].Axis is { } axis && _rules.Of(node, axis) is { } narrow)
            {
                _narrowed[node] = narrow;
                for (var i = 0; i < node.Input.Count; i++)
                {
                    if (!IsReshapesShape(node, i))
                        Use(node.Input[i], narrow[i]);
                }
            }
            else
            {
                foreach (var input in node.Input)
                    Use(input, RowUse.All);
            }
        }
    }

    // The shape is written anew, so that what computed it is no longer needed.
    private static bool IsReshapesShape(NodeProto node, int input) => node.OpType == "Reshape" && input == 1;

    private void Use(string value, RowUse use) => _uses[value] = _uses.TryGetValue(value, out var other) ? other.With(use) : use;

    /// <summary>Exactly one value should have stopped it, the layer's input, after an attention.</summary>
    private void Check()
    {
        var stops = Stops().Where(_texts.Contains).Distinct(StringComparer.Ordinal).ToArray();
        if (stops.Length == 0 || !_narrowed.Keys.Any(node => node.OpType == "Softmax"))
            throw UnknownGraph.At(Stumbled(stops), "rows could not be told apart before the attention of the last layer was reached");
        if (stops.Count(stop => !IsMadeOf(stop, stops, FormDepth)) > 1)
            throw UnknownGraph.At(Stumbled(stops), "rows could not be told apart");
    }

    private IEnumerable<string> Stops() => _narrowed
        .SelectMany(entry => entry.Key.Input.Zip(entry.Value))
        .Where(input => IsCut(input.First, input.Second))
        .Select(input => input.First)
        .Concat(_uses[_head.Input[0]].Axis is null ? [_head.Input[0]] : []);

    /// <summary>Whether a value is another stop in another form, such as the layer's input in bytes.</summary>
    private bool IsMadeOf(string value, string[] stops, int depth) =>
        depth > 0 && _graph.Producer(value) is { } node && !node.OpType.StartsWith("MatMul", StringComparison.Ordinal) && _rules.Of(node, -2) is not null
        && node.Input.Where(_texts.Contains).All(input => stops.Contains(input) || IsMadeOf(input, stops, depth - 1));

    /// <summary>The node nearest to the output that stopped it although only one row of it is used: keys and values are no reason there.</summary>
    private NodeProto Stumbled(string[] stops)
    {
        var makers = stops.Select(_graph.Producer).OfType<NodeProto>().ToArray();
        return _ranks.FirstUnknown(makers.FirstOrDefault(node => _uses[node.Output[0]].Axis is not null) ?? makers.FirstOrDefault() ?? _head);
    }

    private bool IsCut(string value, RowUse use) =>
        use.Axis is not null && (_uses[value].Axis is null || _graph.Producer(value) is not { } producer || !_narrowed.ContainsKey(producer));

    private void Change()
    {
        var nodes = new List<NodeProto>();
        var rows = new Dictionary<(string, int), string>();
        foreach (var node in _graph.Graph.Node)
        {
            if (_narrowed.TryGetValue(node, out var uses))
            {
                if (node.OpType == "Reshape")
                    node.Input[1] = _graph.Add(NodeFactory.Vector($"{node.Output[0]}_cls_shape", [0, 0, .. _rules.Tail(node)!]));
                for (var i = 0; i < uses.Length; i++)
                {
                    if (!IsReshapesShape(node, i) && uses[i].Axis is { } axis && IsCut(node.Input[i], uses[i]))
                        node.Input[i] = FirstRow(node.Input[i], axis, rows, nodes);
                }
            }

            nodes.Add(node);
        }

        _graph.SetNodes(nodes);
    }

    private string FirstRow(string value, int axis, Dictionary<(string, int), string> rows, List<NodeProto> nodes)
    {
        if (rows.TryGetValue((value, axis), out var known))
            return known;
        var row = _graph.NewName($"{value}_cls");
        var start = _graph.Add(NodeFactory.Vector($"{row}_start", 0));
        var end = _graph.Add(NodeFactory.Vector($"{row}_end", 1));
        var axes = _graph.Add(NodeFactory.Vector($"{row}_axis", axis));
        nodes.Add(NodeFactory.Node("Slice", row, [value, start, end, axes], row));
        return rows[(value, axis)] = row;
    }
}
