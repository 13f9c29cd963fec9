namespace Rerank.Scorer.Models.Hub;

/// <summary>
/// Where a model of a hub lies in the cache: <c>models/hub/org/name/</c> with <c>commit/precision/</c> for what is whole,
/// <c>.partial/</c> for what is not, and <c>refs/</c> for which commit a branch stood at when it was pulled.
/// </summary>
internal sealed class HubCache(string cacheFolder, HubReference reference)
{
    private static readonly TimeSpan LockInterval = TimeSpan.FromMilliseconds(200);

    private readonly string _root = Path.Combine([cacheFolder, "models", "hub", .. reference.Id.Split('/')]);

    private string RefFile => Path.Combine(_root, "refs", Uri.EscapeDataString(reference.Revision));

    /// <summary>The pulled folder, or null.</summary>
    internal string? Find()
    {
        var commit = File.Exists(RefFile) ? File.ReadAllText(RefFile).Trim() : reference.Revision;
        return IsPlain(commit) && FolderOf(commit) is var folder && HubSource.Read(folder) is not null ? folder : null;
    }

    internal string FolderOf(string commit) => Path.Combine(_root, commit, reference.Precision);

    internal string PartialOf(string commit) => Path.Combine(_root, ".partial", $"{commit}-{reference.Precision}");

    /// <summary>Writes down which commit the revision is.</summary>
    internal void Remember(string commit)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(RefFile)!);
        var temporary = $"{RefFile}.{Guid.NewGuid():N}";
        File.WriteAllText(temporary, commit);
        File.Move(temporary, RefFile, overwrite: true);
    }

    /// <summary>Waits until no other pull of this model is under way, in this process or another.</summary>
    internal async Task<FileStream> LockAsync(Action<string> waiting, TimeProvider time, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(_root);
        var path = Path.Combine(_root, "lock");
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException e) when (e is not (DirectoryNotFoundException or FileNotFoundException) && File.Exists(path))
            {
                waiting($"another process pulls it, or {path} cannot be opened ({e.Message})");
            }

            await Task.Delay(LockInterval, time, cancellationToken);
        }
    }

    /// <summary>Whether a text can be a folder's name: a branch with a slash is not.</summary>
    internal static bool IsPlain(string commit) => commit.Length is > 0 and <= 64 && commit.All(char.IsAsciiLetterOrDigit);
}
