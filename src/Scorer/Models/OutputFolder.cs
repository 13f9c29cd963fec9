namespace Rerank.Scorer.Models;

/// <summary>Makes the folder of a new model: it appears whole or not at all, and never in place of another.</summary>
internal static class OutputFolder
{
    /// <returns>The full path.</returns>
    /// <exception cref="ModelException">It is there already or cannot be written.</exception>
    internal static string Create(string outputFolder, Action<string> fill)
    {
        var folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(outputFolder));
        if (File.Exists(folder) || IsInUse(folder))
            throw new ModelException($"The output '{outputFolder}' is there already. Remove it or choose another.");
        try
        {
            FolderWriter.Replace(folder, fill, IsInUse);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw ModelException.WorkFailed($"The output '{outputFolder}' cannot be written: {exception.Message}", exception);
        }

        return folder;
    }

    private static bool IsInUse(string folder) => Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any();
}
