using System.Text.Json;

namespace Rerank.Scorer.Inference.CoreML;

/// <summary>Which provider ran which nodes of a graph, from the runtime's own profile; a partition that a provider took is one node.</summary>
internal sealed class NodePlacement
{
    private readonly Dictionary<string, HashSet<string>> _nodes = new(StringComparer.Ordinal);

    /// <summary>Reads a profile, and removes its file.</summary>
    internal static NodePlacement Take(string path)
    {
        var placement = new NodePlacement();
        using (var file = File.OpenRead(path))
        using (var profile = JsonDocument.Parse(file))
        {
            foreach (var entry in profile.RootElement.EnumerateArray())
                placement.Add(entry);
        }

        File.Delete(path);
        return placement;
    }

    internal int CountOn(string provider) => _nodes.TryGetValue(provider, out var nodes) ? nodes.Count : 0;

    private void Add(JsonElement entry)
    {
        if (!entry.TryGetProperty("args", out var arguments) || !arguments.TryGetProperty("provider", out var provider))
            return;
        if (!_nodes.TryGetValue(provider.GetString()!, out var nodes))
            _nodes.Add(provider.GetString()!, nodes = new HashSet<string>(StringComparer.Ordinal));
        nodes.Add(entry.GetProperty("name").GetString()!);
    }
}
