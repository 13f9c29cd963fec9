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

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Pipeline.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException($"No Pipeline.sln above {AppContext.BaseDirectory}.");
    }
}
