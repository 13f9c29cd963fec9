using System.CommandLine;

namespace Rerank.Cli.Commands;

/// <summary>Options that several verbs share, so that they read the same everywhere.</summary>
internal static class CommonOptions
{
    internal static Option<string?> Backend(string otherwise) => new("--backend")
    {
        Description = $"What runs the model: auto, cpu, coreml, webgpu or cuda. Default: {otherwise}.",
        HelpName = "B",
    };

    internal static Option<string?> RuntimeLibrary() => new("--runtime-library")
    {
        Description = "A native ONNX Runtime library with other backends, instead of the packaged one.",
        HelpName = "FILE",
    };

    internal static Option<bool> Json() => new("--json") { Description = "Print one JSON object instead of text." };
}
