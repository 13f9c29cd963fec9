using Rerank.Scorer.Inference;
using Rerank.Scorer.Models;

namespace Rerank.Cli.Diagnosis;

/// <summary>ONNX Runtime's native library, and what it can run a model on.</summary>
internal static class OnnxRuntime
{
    private const string Subject = "ONNX Runtime";

    /// <param name="library">A native library of the user's choice; null for the packaged one.</param>
    internal static IReadOnlyList<Finding> Backends(string? library)
    {
        if (RuntimeLibrary.Use(library) is { } problem)
            return [Finding.Problem(Subject, $"'{library}': {problem}", "Correct --runtime-library, or leave it out.")];
        try
        {
            return
            [
                Finding.Ok(Subject, $"{RuntimeLibrary.Description}, providers: {string.Join(", ", RuntimeLibrary.Providers)}"),
                .. Scorer.Inference.Backends.Here().Select(Of),
            ];
        }
        catch (ModelException e)
        {
            // Its message ends with what to do.
            return [new Finding(Severity.Problem, Subject, e.Message)];
        }
    }

    private static Finding Of(BackendStatus status)
    {
        var layout = status.Available ? $", by default {status.Layout}" : "";
        return Finding.Ok($"backend {status.Name}", $"{(status.Available ? "available" : "not here")}: {status.Reason}{layout}");
    }
}
