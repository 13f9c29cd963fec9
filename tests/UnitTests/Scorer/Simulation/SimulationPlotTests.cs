using System.Xml.Linq;
using Rerank.Scorer.Simulation;
using Rerank.TestKit;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Scorer.Simulation;

public sealed class SimulationPlotTests
{
    [Fact]
    public void A_plot_has_load_window_pass_and_p95_with_its_target()
    {
        using var folder = TemporaryFolder.Create();
        var report = Simulator.Run(new SimulationRequest
        {
            Device = "reference",
            Arrivals = "poisson",
            Duration = TimeSpan.FromSeconds(60),
            TargetLatency = TimeSpan.FromMilliseconds(400),
            SlowFactor = 1.5,
            SlowFrom = TimeSpan.FromSeconds(20),
            SlowTo = TimeSpan.FromSeconds(40),
        });

        SimulationPlot.Write(report, folder.File("plot.svg"));

        var elements = XDocument.Load(folder.File("plot.svg")).Descendants().ToList();
        var texts = elements.Where(element => element.Name.LocalName == "text").Select(element => element.Value).ToList();
        foreach (var text in new[] { "Load (pairs/s)", "Window (pairs)", "Pass (pairs)", "p95", "target", "virtual time, s" })
            texts.ShouldContain(text);
        elements.Count(element => element.Name.LocalName == "polyline").ShouldBeGreaterThanOrEqualTo(7);
    }
}
