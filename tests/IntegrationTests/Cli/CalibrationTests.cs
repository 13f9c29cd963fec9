using Rerank.Shared.Hosting;
using Rerank.TestKit;
using Shouldly;
using Xunit;

namespace Rerank.IntegrationTests.Cli;

/// <summary>Two runs of the tool with a cache of their own.</summary>
public sealed class CalibrationTests : IDisposable
{
    private readonly TemporaryFolder _folder = TemporaryFolder.Create();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_second_run_knows_what_the_first_one_learned()
    {
        var first = await RunAsync("first");
        var second = await RunAsync("second");

        first.ShouldContain("Calibrated:");
        second.ShouldNotContain("Calibrated:");
        second.ShouldContain("Calibration skipped");
        var file = Directory.GetFiles(_folder.File("cache/calibration")).ShouldHaveSingleItem();

        await File.WriteAllTextAsync(file, "damaged", TestContext.Current.CancellationToken);
        var third = await RunAsync("third");

        third.ShouldContain("is not used, and made again");
        third.ShouldContain("Calibrated:");
        Duck.Scalar<long>($"select count(*) from '{_folder.File("third")}/batches/*/*.parquet' where predicted_ms is null").ShouldBe(0);
        Duck.Scalar<double>($"select min(target_latency_ms) from '{_folder.File("third")}/batches/*/*.parquet'").ShouldBe(200);
    }

    private async Task<string> RunAsync(string output)
    {
        var input = _folder.File("pairs.jsonl");
        await File.WriteAllLinesAsync(
            input,
            Enumerable.Range(0, 40).Select(number => $$"""{"id":"{{number}}","query":"rivers","document":"The river {{number}} is long."}"""));
        using var run = CliProcess.Start(
            new Dictionary<string, string> { ["RERANK_CACHE"] = _folder.File("cache") },
            "run", "--input", input, "--output", _folder.File(output), "--target-latency", "200ms");
        run.Input.Close();
        var end = await run.WaitAsync();
        end.ExitCode.ShouldBe(ExitCode.Done, end.Error);
        return end.Error;
    }
}
