using System.Diagnostics;

namespace Rerank.TestKit;

/// <summary>Folders of the checkout that the tests run in.</summary>
public static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>A file of the folder <c>shared</c> beside the checkout, or null where that is absent: the test then skips with a message.</summary>
    public static string? Shared(string relativePath)
    {
        var path = Path.GetFullPath(Path.Combine(Root, "..", "shared", relativePath));
        return Path.Exists(path) ? path : null;
    }

    /// <summary>How to start a project's program, built in the configuration of the tests that run.</summary>
    /// <param name="project">Such as <c>Sink</c>.</param>
    /// <param name="arguments">Its arguments.</param>
    public static ProcessStartInfo Program(string project, params string[] arguments)
    {
        var configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        var program = Path.Combine(Root, "artifacts", "bin", project, configuration, $"Rerank.{project}.dll");
        // By the dotnet of PATH: the executable beside it looks for .NET in the usual places only.
        return new ProcessStartInfo("dotnet", [program, .. arguments]) { UseShellExecute = false };
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Pipeline.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException($"No Pipeline.sln above {AppContext.BaseDirectory}.");
    }
}
