using Rerank.IntegrationTests.Compose;
using Rerank.TestKit;
using Shouldly;
using Xunit;

namespace Rerank.IntegrationTests.Scorer;

/// <summary>Scorers as processes, one after the other, with a cache of their own.</summary>
public sealed class CalibrationTests : IDisposable
{
    private readonly TemporaryFolder _cache = TemporaryFolder.Create();

    public void Dispose() => _cache.Dispose();

    [Fact]
    public async Task The_second_start_knows_what_the_first_one_learned_and_a_damaged_file_is_made_again()
    {
        await using var server = await NatsServer.StartAsync();

        (await StartAndStopAsync(server)).ShouldContain("Calibrated:");
        var file = Directory.GetFiles(_cache.File("calibration")).ShouldHaveSingleItem();
        var second = await StartAndStopAsync(server);
        await File.WriteAllTextAsync(file, "damaged", TestContext.Current.CancellationToken);
        var third = await StartAndStopAsync(server);

        second.ShouldContain("Calibration skipped");
        second.ShouldNotContain("Calibrated:");
        third.ShouldContain("is not used, and made again");
        third.ShouldContain("Calibrated:");
        (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).ShouldStartWith("{");
    }

    /// <summary>The log of a Scorer that was stopped as soon as it was calibrated.</summary>
    private async Task<string> StartAndStopAsync(NatsServer server)
    {
        await using var scorer = StageProcess.Start("Scorer", new Dictionary<string, string>
        {
            ["Nats__Url"] = server.Url,
            ["Queue__MaxBytes"] = "67108864",
            ["RERANK_CACHE"] = _cache.Path,
        });
        await Poll.UntilAsync(
            () => Task.FromResult(scorer.Log.Contains("Calibrated:", StringComparison.Ordinal) || scorer.Log.Contains("Calibration skipped", StringComparison.Ordinal)),
            TestContext.Current.CancellationToken);
        // Its exit code says whether it had come as far as scoring.
        await scorer.StopAsync(TestContext.Current.CancellationToken);
        return scorer.Log;
    }
}
