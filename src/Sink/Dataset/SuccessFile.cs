using System.Text.Json;

namespace Rerank.Sink.Dataset;

/// <summary><c>_SUCCESS</c>: the job is complete.</summary>
/// <param name="Job">The job.</param>
/// <param name="Rows">Rows in its scores files.</param>
/// <param name="Dead">Ordinals that are dead letters.</param>
/// <param name="Total">Rows and dead letters together.</param>
/// <param name="DeadOrdinals">The dead ones, as <see cref="Shared.Contracts.IntervalSet"/> text.</param>
/// <param name="CompletedAt">When it was found out.</param>
public sealed record SuccessFile(string Job, long Rows, long Dead, long Total, string DeadOrdinals, DateTimeOffset CompletedAt)
{
    /// <summary>Reads the file; null if the job is not complete.</summary>
    public static SuccessFile? Read(string output, string job)
    {
        try
        {
            return JsonSerializer.Deserialize(
                File.ReadAllBytes(new DatasetFolder(output).SuccessOf(job)), DatasetJson.Default.SuccessFile);
        }
        catch (Exception e) when (e is JsonException or IOException)
        {
            return null;
        }
    }
}
