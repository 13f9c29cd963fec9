namespace Rerank.Scorer.Models.Rewriting;

/// <summary>The values of a graph that depend on what the text says, not only on its length or its mask.</summary>
internal static class TextValues
{
    private const string Ids = "input_ids";

    internal static HashSet<string> Of(ModelGraph graph)
    {
        HashSet<string> found = [Ids];
        foreach (var node in graph.Graph.Node.Where(node => node.OpType is not ("Shape" or "Size") && node.Input.Any(found.Contains)))
            found.UnionWith(node.Output);
        return found;
    }
}
