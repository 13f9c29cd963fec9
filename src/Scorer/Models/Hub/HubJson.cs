using System.Text.Json.Serialization;

namespace Rerank.Scorer.Models.Hub;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(HubRevisionDocument))]
[JsonSerializable(typeof(HubSource))]
internal sealed partial class HubJson : JsonSerializerContext;
