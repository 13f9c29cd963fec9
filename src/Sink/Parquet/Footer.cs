using System.Globalization;
using System.Text.Json;
using Parquet;
using Rerank.Shared;
using Rerank.Shared.Contracts;
using Rerank.Sink.Dataset;
using Rerank.Sink.Dedup;

namespace Rerank.Sink.Parquet;

/// <summary>What a file of the dataset says about itself in its footer's key-value metadata, so that the manifest can be made from the files.</summary>
internal sealed record Footer
{
    /// <summary>scores | batches.</summary>
    public required string Table { get; init; }

    public required string Dataset { get; init; }

    public required string Job { get; init; }

    /// <summary>Ordinals of the rows; empty in the batches table.</summary>
    public required string Ordinals { get; init; }

    public required IReadOnlyList<EpochBase> Epochs { get; init; }

    /// <summary>See <see cref="BatchIdSet"/>.</summary>
    public required IReadOnlyDictionary<string, string> BatchIds { get; init; }

    public JobSpec? Spec { get; init; }

    /// <summary>Batches table: name of the scores file with the rows of these passes; null if all those rows were duplicates.</summary>
    public string? ScoresFile { get; init; }

    public Dictionary<string, string> ToMetadata()
    {
        var metadata = new Dictionary<string, string>
        {
            ["schema_version"] = RowBuffer.SchemaVersion.ToString(CultureInfo.InvariantCulture),
            ["tool_version"] = ToolVersion.Text,
            ["table"] = Table,
            ["dataset"] = Dataset,
            ["job"] = Job,
            ["ordinals"] = Ordinals,
            ["epochs"] = JsonSerializer.Serialize(Epochs, DatasetJson.Default.IReadOnlyListEpochBase),
            ["batch_ids"] = JsonSerializer.Serialize(BatchIds, DatasetJson.Default.IReadOnlyDictionaryStringString),
        };
        if (Spec is not null)
            metadata["spec"] = JsonSerializer.Serialize(Spec, WireJson.Default.JobSpec);
        if (ScoresFile is not null)
            metadata["scores_file"] = ScoresFile;
        return metadata;
    }

    /// <summary>Reads a file's footer; null if the file is not Parquet, is cut short, or was not written by a Sink.</summary>
    public static async Task<Footer?> TryReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            await using var reader = await ParquetReader.CreateAsync(path, cancellationToken: cancellationToken);
            return FromMetadata(reader.CustomMetadata);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The library throws whatever a broken file leads it to; each means the same here.
            return null;
        }
    }

    private static Footer? FromMetadata(Dictionary<string, string> metadata)
    {
        if (!metadata.TryGetValue("table", out var table)
            || !metadata.TryGetValue("dataset", out var dataset)
            || !metadata.TryGetValue("job", out var job)
            || !metadata.TryGetValue("ordinals", out var ordinals)
            || !metadata.TryGetValue("epochs", out var epochs)
            || !metadata.TryGetValue("batch_ids", out var batchIds))
        {
            return null;
        }

        return new Footer
        {
            Table = table,
            Dataset = dataset,
            Job = job,
            Ordinals = IntervalSet.Parse(ordinals).ToString(),
            Epochs = JsonSerializer.Deserialize(epochs, DatasetJson.Default.IReadOnlyListEpochBase) ?? [],
            BatchIds = JsonSerializer.Deserialize(batchIds, DatasetJson.Default.IReadOnlyDictionaryStringString)
                ?? new Dictionary<string, string>(),
            Spec = metadata.TryGetValue("spec", out var spec) ? JsonSerializer.Deserialize(spec, WireJson.Default.JobSpec) : null,
            ScoresFile = metadata.GetValueOrDefault("scores_file"),
        };
    }
}
