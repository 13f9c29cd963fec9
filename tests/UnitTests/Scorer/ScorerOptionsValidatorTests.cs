using Rerank.Scorer;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Scorer;

public sealed class ScorerOptionsValidatorTests
{
    [Fact]
    public void The_defaults_are_valid() => Errors(new ScorerOptions()).ShouldBeEmpty();

    [Fact]
    public void Every_wrong_choice_is_named_at_once_with_what_is_allowed()
    {
        var errors = Errors(new ScorerOptions
        {
            Shapes = "bucketed",
            CoreMLComputeUnits = "GPU",
            CoreMLModelFormat = "1",
            BucketTokens = -1,
            RuntimeLibrary = "/no/such/library.so",
            TargetLatency = TimeSpan.Zero,
            TargetThroughput = 0,
            Priority = "latency",
        });

        errors.ShouldContain("Scorer__Shapes is 'bucketed'; it must be Auto, Dynamic or Bucketed.");
        errors.ShouldContain("Scorer__CoreMLComputeUnits is 'GPU'; it must be ALL, CPUAndGPU, CPUAndNeuralEngine or CPUOnly.");
        errors.ShouldContain("Scorer__CoreMLModelFormat is '1'; it must be MLProgram or NeuralNetwork.");
        errors.ShouldContain("Scorer__Priority is 'latency'; it must be Latency or Throughput.");
        errors.ShouldContain(error => error.StartsWith("Scorer__TargetLatency is '00:00:00'"));
        errors.ShouldContain(error => error.StartsWith("Scorer__TargetThroughput is '0'"));
        errors.ShouldContain(error => error.StartsWith("Scorer__BucketTokens is '-1'"));
        errors.ShouldContain(error => error.StartsWith("Scorer__RuntimeLibrary is '/no/such/library.so'; there is no such file"));
    }

    [Fact]
    public void Webgpu_has_one_lane() =>
        Errors(new ScorerOptions { Backend = "webgpu", Lanes = 2 }).ShouldContain(error => error.StartsWith("Scorer__Lanes is '2'; webgpu"));

    private static IReadOnlyList<string> Errors(ScorerOptions options) =>
        [.. new ScorerOptionsValidator().Validate(name: null, options).Failures ?? []];
}
