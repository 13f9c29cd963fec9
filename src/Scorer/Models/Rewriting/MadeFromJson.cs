using System.Text.Json.Serialization;

namespace Rerank.Scorer.Models.Rewriting;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(MadeFrom))]
internal sealed partial class MadeFromJson : JsonSerializerContext;
