using System.Text.Json.Serialization;
using Rerank.Cli.Comparison;
using Rerank.Cli.Embedded;
using Rerank.Cli.Evaluation;
using Rerank.Cli.References;
using Rerank.Cli.Running;
using Rerank.Scorer.Models.Rewriting;
using Rerank.Scorer.Models.Synth;
using Rerank.Scorer.Simulation;

namespace Rerank.Cli.Output;

/// <summary>JSON of what the verbs print and keep: snake_case, null members left out.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(BrokerAddress))]
[JsonSerializable(typeof(DeadLetterList))]
[JsonSerializable(typeof(DeadLetterView))]
[JsonSerializable(typeof(EvaluationResult))]
[JsonSerializable(typeof(JobList))]
[JsonSerializable(typeof(ModelInfo))]
[JsonSerializable(typeof(OpenedJob))]
[JsonSerializable(typeof(ModelComparison))]
[JsonSerializable(typeof(PullResult))]
[JsonSerializable(typeof(ReferenceRow))]
[JsonSerializable(typeof(RetriedLetters))]
[JsonSerializable(typeof(RewriteReport))]
[JsonSerializable(typeof(RunResult))]
[JsonSerializable(typeof(SimulationReport))]
[JsonSerializable(typeof(StatusView))]
[JsonSerializable(typeof(SynthReport))]
[JsonSerializable(typeof(TextPair))]
[JsonSerializable(typeof(TokenLine))]
[JsonSerializable(typeof(Verification))]
internal sealed partial class CliJson : JsonSerializerContext;
