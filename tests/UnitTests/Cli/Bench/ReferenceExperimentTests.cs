using Rerank.Cli.Bench;
using Rerank.Cli.Bench.Experiments;
using Rerank.Scorer.Simulation;
using Rerank.TestKit;
using Rerank.UnitTests.Scorer.Simulation;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Cli.Bench;

/// <summary>The experiments are the reference's, and the simulated device with the reference's way of batching gives its results.</summary>
public sealed class ReferenceExperimentTests
{
    public static TheoryData<string> Files =>
        [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "experiments"), "*.yaml").Select(file => Path.GetFileName(file)).Order()];

    [Theory]
    [InlineData("05a_batch_size_mps")]
    [InlineData("05b_batch_size_mlx")]
    [InlineData("14_optimized_production")]
    public void Without_adaptivity_every_configuration_is_within_10_percent_of_what_was_measured(string name)
    {
        var measured = ReferenceResults.Find(name);
        Assert.SkipWhen(measured is null, "The reference's results are not beside this checkout.");

        var experiment = Read(name);

        experiment.Grid.SelectMany(block => block.Batches).Order().ShouldBe(measured.Select(row => row.Batch).Distinct().Order());
        foreach (var row in measured)
        {
            PairsPerSecond(Run(experiment, row.Batch, row.Callers).Answers)
                .ShouldBe(row.PairsPerSecond, 0.1 * row.PairsPerSecond, $"batch {row.Batch}");
        }
    }

    [Theory]
    [InlineData("06a_concurrency_mps")]
    [InlineData("06b_concurrency_mlx")]
    [InlineData("07a_multi_model_mps")]
    [InlineData("07b_multi_model_mlx")]
    [InlineData("08a_dynamic_batch_mps")]
    [InlineData("08b_dynamic_batch_mlx")]
    [InlineData("latency_optimal")]
    public void The_other_experiments_have_the_settings_that_were_measured(string name)
    {
        var measured = ReferenceResults.Find(name);
        Assert.SkipWhen(measured is null, "The reference's results are not beside this checkout.");

        GridPoint.Of(Read(name), Request()).Select(point => (point.Batch, point.Callers!.Value)).Order()
            .ShouldBe(measured.Select(row => (row.Batch, row.Callers)).Order());
    }

    [Fact]
    public void A_window_of_200_ms_keeps_a_lone_caller_waiting_for_nobody()
    {
        var experiment = Read("14_optimized_production");

        var answers = Run(experiment, batch: 32, callers: 1).Answers;

        experiment.Window.ShouldBe(TimeSpan.FromMilliseconds(200));
        answers.Average(answer => answer.LatencyMs).ShouldBeGreaterThan(200);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_experiment_file_can_be_read_and_names_no_run_twice(string file)
    {
        var experiment = ExperimentFile.Read(Path.Combine(Repository.Root, "experiments", file));

        var names = Variant.Of(experiment).Select(variant => variant.NameIn(experiment)).ToList();
        names.ShouldBeUnique();
        names[0].ShouldBe(experiment.Name);
        GridPoint.Of(experiment, Request()).ShouldNotBeEmpty();
    }

    private static Experiment Read(string name) => ExperimentFile.Read(Path.Combine(Repository.Root, "experiments", $"{name}.yaml"));

    private static BenchRequest Request() => new() { Output = "", Command = "" };

    private static double PairsPerSecond(IReadOnlyList<SimulatedAnswer> answers) =>
        answers.Sum(answer => answer.Pairs) / answers.Max(answer => answer.SentMs + answer.LatencyMs) * 1_000;

    private static SimulatedMeasurement Run(Experiment experiment, int batch, int callers) => Simulator.Measure(
        new SimulationRequest
        {
            Device = experiment.Simulate.Device,
            TimeFactor = experiment.Simulate.TimeFactor,
            Policy = experiment.Window is null ? "fixed" : "window",
            Callers = callers,
            Batch = batch,
            Requests = 300,
            Duration = TimeSpan.FromHours(1),
        },
        "job",
        startUs: 0);
}
