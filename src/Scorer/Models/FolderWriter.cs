namespace Rerank.Scorer.Models;

/// <summary>Makes folders that appear whole or not at all.</summary>
internal static class FolderWriter
{
    /// <summary>
    /// Fills a temporary folder beside <paramref name="folder"/> and renames it. What is there already stays if it is
    /// <paramref name="good"/>: another process may have brought its own in between, and be reading it. Otherwise it is removed.
    /// </summary>
    internal static void Replace(string folder, Action<string> fill, Predicate<string> good)
    {
        var parent = Path.GetDirectoryName(folder)!;
        Directory.CreateDirectory(parent);
        var work = Path.Combine(parent, $".{Path.GetFileName(folder)}-{Guid.NewGuid():N}");
        var made = Path.Combine(work, "new");
        Directory.CreateDirectory(made);
        try
        {
            fill(made);
            if (good(folder))
                return;
            TryMove(folder, Path.Combine(work, "old"));
            TryMove(made, folder);
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    /// <summary>Moves nothing where the source is gone or the target is there: another process was first.</summary>
    private static void TryMove(string from, string to)
    {
        try
        {
            if (Directory.Exists(from))
                Directory.Move(from, to);
        }
        catch (IOException) when (Directory.Exists(to) || !Directory.Exists(from))
        {
            // The caller looks at what is there now.
        }
    }
}
