namespace Rerank.Scorer.Models.Hub;

/// <summary>Which ONNX file of a repository is that of a precision, by the names that exporters give.</summary>
internal static class HubVariant
{
    private const string Ending = ".onnx";

    private static readonly string[] Folders = ["onnx/", ""];

    /// <exception cref="ModelException">There is none; the message says what there is.</exception>
    internal static HubFile Choose(HubRevision revision, HubReference reference, IReadOnlyList<string> cpuNames)
    {
        var found = Names(reference.Precision, cpuNames)
            .SelectMany(name => Folders.Select(folder => revision.Find(folder + name + Ending)))
            .FirstOrDefault(file => file is not null);
        return found ?? throw new ModelException(
            $"'{reference.Id}' at {reference.Revision} has no ONNX file of precision {reference.Precision} for this CPU. {Present(revision)} "
            + "Choose another --precision, or export the model to ONNX and give the folder.");
    }

    private static IEnumerable<string> Names(string precision, IReadOnlyList<string> cpuNames) => precision switch
    {
        "fp32" => ["model"],
        "fp16" => ["model_fp16"],
        "int8" => [.. cpuNames, "model_int8", "model_quantized", "model_uint8"],
        "int4" => ["model_q4", "model_int4", "model_q4f16"],
        _ => throw new ModelException($"The precision '{precision}' is none of {string.Join(", ", HubReference.Precisions)}."),
    };

    private static string Present(HubRevision revision) =>
        revision.Files.Where(file => file.Path.EndsWith(Ending, StringComparison.Ordinal)).Select(file => file.Path).ToArray() is { Length: > 0 } files
            ? $"It has {string.Join(", ", files)}."
            : "It has no ONNX file at all.";
}
