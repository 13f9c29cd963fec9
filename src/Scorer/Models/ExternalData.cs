using Rerank.Scorer.Models.Onnx;

namespace Rerank.Scorer.Models;

/// <summary>Files beside a model file that hold weights of it.</summary>
internal static class ExternalData
{
    /// <summary>Their names as the graph has them.</summary>
    internal static IReadOnlyList<string> Locations(GraphOutline graph) =>
    [
        .. graph.Initializer
            .Where(tensor => tensor.DataLocation == DataLocation.DataExternal)
            .SelectMany(tensor => tensor.ExternalData)
            .Where(entry => entry.Key == "location")
            .Select(entry => entry.Value)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal),
    ];

    /// <exception cref="ModelException">One is not there.</exception>
    internal static IReadOnlyList<string> Files(GraphOutline graph, string onnxPath)
    {
        var folder = Path.GetDirectoryName(onnxPath)!;
        string[] files = [.. Locations(graph).Select(location => Path.Combine(folder, location))];
        if (files.FirstOrDefault(file => !File.Exists(file)) is { } missing)
            throw new ModelException($"{onnxPath} keeps weights in {missing}, which is not there. Copy it beside the model.");
        return files;
    }
}
