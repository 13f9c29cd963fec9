using Rerank.Cli.Bench.Experiments;
using Rerank.Cli.Reports.Recording;
using Rerank.Shared.Hosting;
using Rerank.TestKit;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Cli.Bench;

public sealed class ExperimentFileTests : IDisposable
{
    private const string Good =
        """
        name: trial
        description: A trial
        model: builtin:lexical
        backend: cpu
        precision: [fp32]
        adaptive: [false, true]
        requests: 20
        grid:
          - batch: [8, 16]
            concurrency: 2
        simulate:
          device: reference
        small:
          requests: 2
          model: builtin:lexical
        """;

    private readonly TemporaryFolder _folder = TemporaryFolder.Create();

    private string Path => _folder.File("trial.yaml");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_single_value_is_a_list_of_one_and_what_is_left_out_has_its_default()
    {
        var experiment = Read(Good);

        experiment.Backends.ShouldBe(["cpu"]);
        experiment.Grid.Single().Concurrencies.ShouldBe([2]);
        experiment.Grid.Single().Requests.ShouldBe(20);
        experiment.Load.ShouldBe(LoadShape.Closed);
        experiment.Simulate.TimeFactor.ShouldBe(1);
    }

    [Theory]
    [InlineData("requests: 20", "requests: many", ":7: requests is 'many'; it must be a whole number from 1 to 1,000,000.")]
    [InlineData("batch: [8, 16]", "batch: [8, 0]", ":9: grid[0].batch is '0'; it must be a whole number from 1 to 4,096.")]
    [InlineData("backend: cpu", "backend: mps", ":4: backend is 'mps'; it must be one of auto, cpu, coreml, webgpu, cuda.")]
    [InlineData("description: A trial", "descripton: A trial", ":2: descripton is not a field; it must be one of ")]
    [InlineData("description: A trial", "descripton: A trial", ":1: description is missing; it must be a text.")]
    [InlineData("name: trial", "name: other", ":1: name is 'other'; it must be 'trial', as the file is called.")]
    [InlineData("  device: reference", "  device: toaster", ":12: simulate.device is 'toaster'; it must be one of reference, cpu, gpu.")]
    [InlineData("backend: cpu", "backend: [cpu", ": it is not YAML: a bracket or a quotation mark is not closed; close it.")]
    [InlineData("description: A trial", "description: A: trial", ":2: it is not YAML: ")]
    public void An_error_names_file_line_field_and_fix(string right, string wrong, string expected)
    {
        var failure = Should.Throw<StageFailedException>(() => Read(Good.Replace(right, wrong, StringComparison.Ordinal)));

        failure.ExitCode.ShouldBe(ExitCode.WrongUsage);
        failure.Message.ShouldContain(Path);
        failure.Message.ShouldContain(expected);
    }

    [Fact]
    public void All_errors_are_told_at_once()
    {
        var failure = Should.Throw<StageFailedException>(() => Read(Good.Replace("adaptive: [false, true]", "adaptive: maybe", StringComparison.Ordinal)
            .Replace("requests: 20", "requests: -1", StringComparison.Ordinal)));

        failure.Message.Split('\n').Length.ShouldBe(2);
    }

    [Fact]
    public void A_file_that_is_not_there_is_named() =>
        Should.Throw<StageFailedException>(() => ExperimentFile.Read(Path)).Message.ShouldContain($"There is no experiment '{Path}'");

    private Experiment Read(string text)
    {
        File.WriteAllText(Path, text);
        return ExperimentFile.Read(Path);
    }
}
