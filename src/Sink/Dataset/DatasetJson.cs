using System.Text.Json.Serialization;
using Rerank.Shared.Contracts;
using Rerank.Sink.Dedup;

namespace Rerank.Sink.Dataset;

/// <summary>JSON of the dataset's own files. Keys of dictionaries are left as they are: they are batch ids.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(SnakeCaseEnumConverter<JobKind>)],
    RespectNullableAnnotations = true,
    WriteIndented = true)]
[JsonSerializable(typeof(DatasetFile))]
[JsonSerializable(typeof(JobManifest))]
[JsonSerializable(typeof(SuccessFile))]
[JsonSerializable(typeof(IReadOnlyList<EpochBase>))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
internal sealed partial class DatasetJson : JsonSerializerContext;
