using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Rerank.Scorer;
using Rerank.Shared.Hosting;
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
        string[] arguments =
        [
            "--Scorer:Shapes=round", "--Scorer:CoreMLComputeUnits=GPU", "--Scorer:CoreMLModelFormat=7", "--Scorer:BucketTokens=-1",
            "--Scorer:RuntimeLibrary=/no/such/library.so",
        ];
        using var host = ScorerHost.Build(arguments);

        var validator = host.Services.GetRequiredService<IStartupValidator>();
        var errors = StageHost.SettingErrors(Should.Throw<Exception>(validator.Validate)).ShouldNotBeNull();

        errors.ShouldContain("Scorer__Shapes is 'round'; it must be one of Auto, Dynamic, Bucketed.");
        errors.ShouldContain("Scorer__CoreMLComputeUnits is 'GPU'; it must be one of ALL, CPUAndGPU, CPUAndNeuralEngine, CPUOnly.");
        errors.ShouldContain("Scorer__CoreMLModelFormat is '7'; it must be one of MLProgram, NeuralNetwork.");
        errors.ShouldContain(error => error.StartsWith("Scorer__BucketTokens is '-1'"));
        errors.ShouldContain(error => error.StartsWith("Scorer__RuntimeLibrary is '/no/such/library.so'; there is no such file"));
    }

    [Fact]
    public void Webgpu_has_one_lane() =>
        Errors(new ScorerOptions { Backend = "webgpu", Lanes = 2 }).ShouldContain(error => error.StartsWith("Scorer__Lanes is '2'; webgpu"));

    private static IReadOnlyList<string> Errors(ScorerOptions options) =>
        [.. new ScorerOptionsValidator().Validate(name: null, options).Failures ?? []];
}
