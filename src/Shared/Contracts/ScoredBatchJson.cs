using System.Text.Json.Serialization;

namespace Rerank.Shared.Contracts;

/// <summary>Apart from <see cref="WireJson"/> only because the document is internal.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(ScoredBatchDocument))]
internal sealed partial class ScoredBatchJson : JsonSerializerContext;
