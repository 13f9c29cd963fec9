using System.Text.Json.Serialization;

namespace Rerank.Scorer.Calibrating;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(CalibrationKey))]
[JsonSerializable(typeof(CalibrationRecord))]
internal sealed partial class CalibrationJson : JsonSerializerContext;
