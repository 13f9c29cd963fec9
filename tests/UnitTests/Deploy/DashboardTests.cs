using System.Text.RegularExpressions;
using Rerank.TestKit;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Deploy;

public sealed partial class DashboardTests
{
    [Fact]
    public void Each_panel_asks_for_metrics_that_exist()
    {
        var known = PrometheusNames.All();

        foreach (var (panel, query) in Dashboard.Queries())
        {
            var names = MetricsIn(query).ToArray();
            names.ShouldNotBeEmpty(panel);
            names.ShouldBeSubsetOf(known, $"{panel}: {query}");
        }
    }

    [Fact]
    public void Each_metric_is_on_a_panel()
    {
        var shown = Dashboard.Queries().SelectMany(panel => MetricsIn(panel.Query)).Select(WithoutSeries);

        PrometheusNames.All().Select(WithoutSeries).ShouldBeSubsetOf(shown);
    }

    /// <summary>One name for the three series of a histogram.</summary>
    private static string WithoutSeries(string name) => Series().Replace(name, "");

    private static IEnumerable<string> MetricsIn(string query) => Metric().Matches(NoMetrics().Replace(query, "")).Select(match => match.Value);

    /// <summary>Where labels, matchers and ranges stand.</summary>
    [GeneratedRegex(@"\b(by|without)\s*\([^)]*\)|\{[^}]*\}|\[[^\]]*\]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NoMetrics();

    /// <summary>A name that is not a function's.</summary>
    [GeneratedRegex(@"\b[a-zA-Z_:][a-zA-Z0-9_:]*\b(?!\s*\()", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Metric();

    [GeneratedRegex("_(bucket|sum|count)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Series();
}
