using Rerank.Scorer.Models.Onnx;

namespace Rerank.Scorer.Models;

/// <summary>Files beside a model file that hold weights of it.</summary>
internal static class ExternalData
{
    /// <exception cref="ModelException">One is not there.</exception>
    internal static IReadOnlyList<string> Files(GraphOutline graph, string onnxPath)
    {
        var folder = Path.GetDirectoryName(onnxPath)!;
        string[] files =
        [
            .. graph.Initializer
                .Where(tensor => tensor.DataLocation == DataLocation.DataExternal)
                .SelectMany(tensor => tensor.ExternalData)
                .Where(entry => entry.Key == "location")
                .Select(entry => Path.Combine(folder, entry.Value))
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ];
        if (files.FirstOrDefault(file => !File.Exists(file)) is { } missing)
            throw new ModelException($"{onnxPath} keeps weights in {missing}, which is not there. Copy it beside the model.");
        return files;
    }
}
