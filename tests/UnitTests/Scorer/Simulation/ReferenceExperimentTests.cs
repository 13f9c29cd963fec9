using Rerank.Scorer.Simulation;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Scorer.Simulation;

/// <summary>The simulated reference device, with the reference's ways of batching, gives the reference's results.</summary>
public sealed class ReferenceExperimentTests
{
    [Theory]
    [InlineData("05a_batch_size_mps")]
    [InlineData("05b_batch_size_mlx")]
    [InlineData("14_optimized_production")]
    public void Without_adaptivity_every_configuration_is_within_10_percent_of_what_was_measured(string experiment)
    {
        var measured = ReferenceResults.Find(experiment);
        Assert.SkipWhen(measured is null, "The reference's results are not beside this checkout.");

        var simulated = ReferenceExperiment.All.Single(each => each.Name == experiment);

        simulated.Batches.Order().ShouldBe(measured.Select(row => row.Batch).Distinct().Order());
        foreach (var row in measured)
        {
            Run(simulated, row.Batch, row.Callers).PairsPerSecond
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
    public void The_other_experiments_have_the_settings_that_were_measured(string experiment)
    {
        var measured = ReferenceResults.Find(experiment);
        Assert.SkipWhen(measured is null, "The reference's results are not beside this checkout.");

        var simulated = ReferenceExperiment.All.Single(each => each.Name == experiment);

        simulated.Batches.SelectMany(_ => simulated.Callers, (batch, callers) => (batch, callers)).Order()
            .ShouldBe(measured.Select(row => (row.Batch, row.Callers)).Order());
    }

    [Fact]
    public void A_window_of_200_ms_leaves_the_device_idle_when_nobody_else_can_come()
    {
        var experiment = ReferenceExperiment.All.Single(each => each.Window is not null);

        var summary = Run(experiment, batch: 32, callers: 1);

        summary.LanesBusy.ShouldBe(0.22, 0.03);
        summary.Requests.Mean.ShouldBeGreaterThan(200);
    }

    private static SimulationSummary Run(ReferenceExperiment experiment, int batch, int callers) => Scenario.Run(
        new SimulationSettings(SimulatedDevice.Reference, new ClosedLoop(callers, batch)) { Transport = Transport.None, Duration = TimeSpan.FromSeconds(120) },
        experiment.CreatePolicy());
}
