using System.Globalization;
using System.Text.RegularExpressions;
using Rerank.Shared.Hosting;
using Rerank.TestKit;
using Shouldly;
using Xunit;

namespace Rerank.IntegrationTests.Cli;

public sealed partial class DemoTests
{
    [Fact]
    public async Task The_demo_ranks_better_than_before_and_shows_the_same_when_it_is_run_again()
    {
        using var folder = TemporaryFolder.Create();

        var first = await CliProcess.RunAsync("demo", "--output", folder.File("out"));
        var second = await CliProcess.RunAsync("demo", "--output", folder.File("out"));

        first.ExitCode.ShouldBe(ExitCode.Done, first.Error);
        second.ExitCode.ShouldBe(ExitCode.Done, second.Error);
        var ndcg = Ndcg().Match(first.Output);
        Number(ndcg, "after").ShouldBeGreaterThan(Number(ndcg, "before"), first.Output);
        first.Output.ShouldContain("300 pairs in");
        second.Output.ShouldContain("nothing was left to do: 300 pairs");
        WithoutThroughput(second.Output).ShouldBe(WithoutThroughput(first.Output));
        Duck.Scalar<long>($"select count(distinct ordinal) from '{folder.File("out")}/scores/**/*.parquet'").ShouldBe(300);
    }

    private static double Number(Match match, string group) => double.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    private static IEnumerable<string> WithoutThroughput(string text) =>
        text.Split('\n').Where(line => !line.StartsWith("Throughput", StringComparison.Ordinal));

    [GeneratedRegex(@"before (?<before>[\d.]+), after (?<after>[\d.]+) ", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Ndcg();
}
