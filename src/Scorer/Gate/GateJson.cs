using System.Text.Json.Serialization;

namespace Rerank.Scorer.Gate;

// A score that is not finite makes measurements that are not.
[JsonSourceGenerationOptions(NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(GateMeasurement))]
internal sealed partial class GateJson : JsonSerializerContext;
