using Rerank.Shared.Contracts;
using Rerank.Shared.Hosting;

namespace Rerank.Sink.Dataset;

/// <summary>The paths of a dataset.</summary>
public sealed class DatasetFolder(string output)
{
    private const string JobPrefix = "job=";

    /// <summary>Full path of the output folder.</summary>
    public string Path { get; } = System.IO.Path.GetFullPath(output);

    public string DatasetFile => Join("_dataset.json");

    public string Scores => Join("scores");

    public string Batches => Join("batches");

    /// <summary>What is not data: lock, temporary files, the embedded broker's store.</summary>
    public string Rerank => Join(".rerank");

    public string LockFile => Join(".rerank", "lock");

    /// <summary>Names the holder of <see cref="LockFile"/>, which nobody else can read.</summary>
    public string HolderFile => Join(".rerank", "holder");

    /// <summary>A folder an epoch (a start of a Sink) for files that are being written.</summary>
    public string Temporary => Join(".rerank", "tmp");

    /// <summary>Where older epochs' folders are renamed to before they are removed.</summary>
    public string Discarded => Join(".rerank", "discarded");

    public string ScoresOf(string job) => Join("scores", JobPrefix + job);

    public string ManifestOf(string job) => System.IO.Path.Combine(ScoresOf(job), "_manifest.json");

    public string SuccessOf(string job) => System.IO.Path.Combine(ScoresOf(job), "_SUCCESS");

    public string BatchesOf(DateOnly date) => Join("batches", $"date={date:yyyy-MM-dd}");

    /// <summary>Path of a file of the dataset relative to the output folder, with <c>/</c>.</summary>
    public string Relative(string path) => System.IO.Path.GetRelativePath(Path, path).Replace('\\', '/');

    public string Absolute(string relative) => Join(relative);

    /// <summary>Jobs that have a folder under <c>scores</c>, in order.</summary>
    public IReadOnlyList<string> Jobs() => !Directory.Exists(Scores)
        ? []
        : [.. Directory.EnumerateDirectories(Scores, JobPrefix + "*")
            .Select(folder => System.IO.Path.GetFileName(folder)[JobPrefix.Length..])
            .Where(Name.IsValid)
            .Order(StringComparer.Ordinal)];

    /// <summary>Makes the folder if it is missing and finds out whether it can be written.</summary>
    /// <exception cref="StageFailedException">It cannot.</exception>
    internal static DatasetFolder Open(string output)
    {
        var folder = new DatasetFolder(output);
        try
        {
            foreach (var path in new[] { folder.Path, folder.Rerank, folder.Temporary, folder.Scores, folder.Batches })
            {
                Directory.CreateDirectory(path);
                var probe = System.IO.Path.Combine(path, $".probe-{Guid.NewGuid():N}");
                File.Create(probe, 1, FileOptions.DeleteOnClose).Dispose();
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StageFailedException(
                ExitCode.WrongUsage,
                FileInTheWay(folder.Path) is { } file
                    ? $"Sink__Output is '{output}', but '{file}' is a file; set another folder."
                    : $"Sink__Output is '{output}', which cannot be written: {e.Message} Give this user write access to it, or set another folder.");
        }

        return folder;
    }

    /// <summary>The part of a path that is a file although a folder is meant, if there is one.</summary>
    private static string? FileInTheWay(string path)
    {
        for (var part = path; part is not null; part = System.IO.Path.GetDirectoryName(part))
        {
            if (File.Exists(part))
                return part;
        }

        return null;
    }

    private string Join(params ReadOnlySpan<string> parts)
    {
        var path = Path;
        foreach (var part in parts)
            path = System.IO.Path.Combine(path, part);
        return path;
    }
}
