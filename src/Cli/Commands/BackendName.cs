using Rerank.Scorer.Inference;
using Rerank.Shared.Hosting;

namespace Rerank.Cli.Commands;

/// <summary>The backend that a verb was asked for.</summary>
internal static class BackendName
{
    /// <summary>Chooses the runtime library, and returns the name if that library has the backend.</summary>
    /// <exception cref="StageFailedException">It has not, or the library cannot be used.</exception>
    internal static string Require(string name, string? runtimeLibrary)
    {
        if (RuntimeLibrary.Use(runtimeLibrary) is { } problem)
            throw new StageFailedException(ExitCode.WrongUsage, $"--runtime-library is '{runtimeLibrary}'; {problem}");
        if (Backends.Refusal(name) is { } refusal)
            throw new StageFailedException(ExitCode.WrongUsage, $"--backend is '{name}'; {Running.StageSettings.InOptions(refusal)}");
        return name;
    }
}
