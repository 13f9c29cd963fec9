using System.Text.Json.Serialization;
using Rerank.Shared.Contracts;

namespace Rerank.Cli.Reports.Recording;

/// <summary>JSON of <see cref="RunRecord"/>: snake_case, null members left out. Keys of dictionaries are left as they are.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(SnakeCaseEnumConverter<DeviceKind>), typeof(SnakeCaseEnumConverter<LoadShape>)],
    RespectNullableAnnotations = true,
    WriteIndented = true,
    NewLine = "\n")]
[JsonSerializable(typeof(RunRecord))]
internal sealed partial class RecordJson : JsonSerializerContext;
