using System.Text.Json;
using System.Text.Json.Serialization;
using Rerank.Shared.Hosting;

namespace Rerank.Sink.Dataset;

/// <summary><c>_dataset.json</c>: which dataset a folder is, so that two never mix.</summary>
/// <param name="Id">Id of the dataset.</param>
/// <param name="CreatedAt">When the folder became one.</param>
public sealed record DatasetFile([property: JsonRequired] string Id, DateTimeOffset CreatedAt)
{
    /// <summary>Reads the file of an output folder; null if the folder is no dataset yet.</summary>
    /// <exception cref="StageFailedException">The file is there and cannot be read.</exception>
    public static DatasetFile? Read(string output)
    {
        var path = new DatasetFolder(output).DatasetFile;
        try
        {
            return File.Exists(path)
                ? JsonSerializer.Deserialize(File.ReadAllBytes(path), DatasetJson.Default.DatasetFile)
                : null;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new StageFailedException(
                ExitCode.Failed, $"{path} cannot be read ({e.Message}). Restore it, or use another output folder.");
        }
    }

    /// <summary>Makes the output folder, as this dataset, or checks that it is.</summary>
    /// <exception cref="StageFailedException">It is another one, or cannot be written.</exception>
    public static void Claim(string output, string id, TimeProvider time) => Claim(DatasetFolder.Open(output), id, time);

    /// <summary>Makes the folder this dataset, or checks that it is.</summary>
    /// <exception cref="StageFailedException">It is another one.</exception>
    internal static void Claim(DatasetFolder folder, string id, TimeProvider time)
    {
        if (Read(folder.Path) is { } existing)
        {
            if (existing.Id != id)
            {
                throw new StageFailedException(
                    ExitCode.WrongUsage,
                    $"Sink__Dataset is '{id}', but {folder.Path} holds the dataset '{existing.Id}'. "
                    + $"Set Sink__Dataset to '{existing.Id}', or Sink__Output to another folder.");
            }

            return;
        }

        var temporary = Path.Combine(folder.Rerank, "_dataset.json");
        DurableFile.Write(
            temporary, JsonSerializer.SerializeToUtf8Bytes(new DatasetFile(id, time.GetUtcNow()), DatasetJson.Default.DatasetFile));
        DurableFile.Move(temporary, folder.DatasetFile, overwrite: false);
    }
}
