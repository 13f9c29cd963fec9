using System.Text.Json.Serialization;
using Rerank.Cli.Embedded;
using Rerank.Cli.Evaluation;
using Rerank.Cli.Running;

namespace Rerank.Cli.Output;

/// <summary>JSON of what the verbs print and keep: snake_case, null members left out.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(BrokerAddress))]
[JsonSerializable(typeof(EvaluationResult))]
[JsonSerializable(typeof(RunResult))]
internal sealed partial class CliJson : JsonSerializerContext;
