using System.Text.Json;
using Microsoft.Extensions.Logging;
using Rerank.Scorer.Batching;

namespace Rerank.Scorer.Calibrating;

/// <summary>What was learned of a device, kept for the next start: <c>calibration/</c> in the cache folder, a file a key.</summary>
internal sealed class CalibrationCache(string cacheFolder, CalibrationKey key, TimeProvider time, ILogger logger)
{
    // Drivers, cooling and neighbours change without any name changing.
    private static readonly TimeSpan Freshness = TimeSpan.FromDays(30);

    internal string Path { get; } = System.IO.Path.Combine(cacheFolder, "calibration", key.FileName);

    /// <summary>Null if there is nothing fresh; the log says why a file that is there is not used.</summary>
    internal CostModelState? Find()
    {
        if (!File.Exists(Path))
            return null;
        try
        {
            var record = JsonSerializer.Deserialize(File.ReadAllBytes(Path), CalibrationJson.Default.CalibrationRecord);
            if (ProblemOf(record) is not { } problem)
                return record!.Costs;
            Log.CalibrationNotUsed(logger, Path, problem);
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            Log.CalibrationNotUsed(logger, Path, e.Message);
        }

        return null;
    }

    /// <summary>Writes the file, whole or not at all. A folder that cannot be written costs a calibration at the next start, nothing else.</summary>
    internal void Save(CostModelState costs)
    {
        var temporary = $"{Path}.{Guid.NewGuid():N}";
        try
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
            var record = new CalibrationRecord(key, time.GetUtcNow(), costs);
            File.WriteAllBytes(temporary, JsonSerializer.SerializeToUtf8Bytes(record, CalibrationJson.Default.CalibrationRecord));
            File.Move(temporary, Path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Log.CalibrationNotSaved(logger, Path, e.Message);
        }
    }

    private string? ProblemOf(CalibrationRecord? record) =>
        record is null || !record.Costs.IsSound ? "it is damaged"
        : record.Key != key ? "it is of another model or machine"
        : time.GetUtcNow() - record.SavedAt > Freshness ? $"it is older than {Freshness.TotalDays:0} days"
        : null;
}
