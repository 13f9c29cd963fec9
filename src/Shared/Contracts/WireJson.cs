using System.Text.Json.Serialization;

namespace Rerank.Shared.Contracts;

/// <summary>JSON of everything that parts exchange, except pairs (see <see cref="PairCodec"/>): snake_case, enums as text, null members left out.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DictionaryKeyPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(SnakeCaseEnumConverter<JobKind>), typeof(SnakeCaseEnumConverter<DeadLetterKind>)],
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = false)]
[JsonSerializable(typeof(JobSpec))]
[JsonSerializable(typeof(IngestState))]
[JsonSerializable(typeof(SinkState))]
[JsonSerializable(typeof(DeadLetter))]
[JsonSerializable(typeof(ScorerHeartbeat))]
[JsonSerializable(typeof(string))]
public sealed partial class WireJson : JsonSerializerContext;
