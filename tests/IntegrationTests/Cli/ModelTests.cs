using System.Text.Json;
using Rerank.IntegrationTests.Sink;
using Rerank.Shared.Hosting;
using Rerank.TestKit;
using Rerank.TestKit.Hub;
using Shouldly;
using Xunit;

namespace Rerank.IntegrationTests.Cli;

public sealed class ModelTests : IAsyncLifetime
{
    private const string Id = "some-org/some-reranker";

    private readonly TemporaryFolder _folder = TemporaryFolder.Create();
    private HubDouble _hub = null!;

    private string Synth => _folder.File("synth");

    private static string Pairs => Path.Combine(Repository.Root, "samples", "pairs.jsonl");

    private static string Qrels => Path.Combine(Repository.Root, "samples", "qrels.txt");

    public async ValueTask InitializeAsync()
    {
        (await CliProcess.RunAsync("model", "synth", "--shape", "1x16x2x32", "--seed", "1", "--output", Synth)).ExitCode.ShouldBe(ExitCode.Done);
        _hub = new HubDouble(Id, Directory.EnumerateFiles(Synth).ToDictionary(file => Path.GetFileName(file)!, File.ReadAllBytes));
    }

    public async ValueTask DisposeAsync()
    {
        await _hub.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_pulled_model_scores_without_the_hub()
    {
        var pulled = await RunAsync("model", "pull", Id, "--json");
        pulled.ExitCode.ShouldBe(ExitCode.Done, pulled.Error);
        var identity = JsonDocument.Parse(pulled.Output).RootElement.GetProperty("identity").GetString();
        identity.ShouldStartWith($"{Id}@{HubDouble.Commit[..12]}/fp32/");
        await _hub.DisposeAsync();

        var run = await RunAsync("run", "--input", Pairs, "--output", _folder.File("out"), "--model", Id, "--json");

        run.ExitCode.ShouldBe(ExitCode.Done, run.Error);
        Duck.Scalar<string>($"select distinct model from '{_folder.File("out")}/scores/**/*.parquet'").ShouldBe(identity);
    }

    [Fact]
    public async Task A_run_pulls_a_model_that_is_not_in_the_cache()
    {
        var run = await RunAsync("run", "--input", Pairs, "--output", _folder.File("out"), "--model", Id);

        run.ExitCode.ShouldBe(ExitCode.Done, run.Error);
        run.Error.ShouldContain($"{Id}: ");
    }

    [Fact]
    public async Task A_pull_that_is_refused_exits_1_and_says_why()
    {
        _hub.Intercept = _ => HubReply.Of(401);

        var pulled = await RunAsync("model", "pull", Id);

        pulled.ExitCode.ShouldBe(ExitCode.Failed);
        pulled.Error.ShouldContain("HF_TOKEN");
        pulled.Output.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_no_model_of_a_hub_is_wrong_usage()
    {
        var pulled = await RunAsync("model", "pull", "just-a-name");

        pulled.ExitCode.ShouldBe(ExitCode.WrongUsage);
        pulled.Error.ShouldContain("ORG/NAME");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_full_disk_ends_the_pull_and_leaves_nothing_of_it(bool sizesAreKnown)
    {
        using var disk = SmallDisk.TryMount("256k");
        Assert.SkipWhen(disk is null, "No small file system can be mounted here: that takes Linux and root.");
        _hub.SaysHashes = sizesAreKnown;

        var pulled = await RunInAsync(new() { ["RERANK_CACHE"] = disk.Path }, "model", "pull", Id);

        pulled.ExitCode.ShouldBe(ExitCode.Failed);
        pulled.Error.ShouldContain("RERANK_CACHE");
        pulled.Error.ShouldContain("Make room");
        Directory.EnumerateFiles(disk.Path, "*model*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_model_agrees_with_itself()
    {
        var compared = await RunAsync("model", "compare", Synth, Synth, "--input", Pairs, "--qrels", Qrels, "--json");

        compared.ExitCode.ShouldBe(ExitCode.Done, compared.Error);
        var report = JsonDocument.Parse(compared.Output).RootElement;
        report.GetProperty("pearson").GetDouble().ShouldBe(1, 1e-9);
        report.GetProperty("max_abs_delta").GetDouble().ShouldBe(0);
        report.GetProperty("kendall_tau").GetDouble().ShouldBe(1, 1e-9);
        report.GetProperty("ndcg_at_10_a").GetDouble().ShouldBe(report.GetProperty("ndcg_at_10_b").GetDouble());
    }

    [Fact]
    public async Task A_model_alone_is_compared_with_itself_in_large_passes()
    {
        var compared = await RunAsync("model", "compare", Synth, "--input", Pairs, "--json");

        compared.ExitCode.ShouldBe(ExitCode.Done, compared.Error);
        var report = JsonDocument.Parse(compared.Output).RootElement;
        report.GetProperty("a").GetString().ShouldEndWith(", 300 passes of up to 1 row");
        report.GetProperty("b").GetString().ShouldNotBeNull().ShouldMatch(", 1[0-9] passes of up to 32 rows$");
        report.GetProperty("max_delta_in_deviations").GetDouble().ShouldBeLessThan(1e-3);
    }

    [Fact]
    public async Task Another_model_is_told_apart()
    {
        var compared = await RunAsync("model", "compare", Synth, "builtin:lexical", "--input", Pairs);

        compared.ExitCode.ShouldBe(ExitCode.Done, compared.Error);
        compared.Output.ShouldMatch("Pearson +-?0\\.[0-9]{6}\n");
    }

    [Theory]
    [InlineData("builtin:lexical", 0.0, ExitCode.Failed, "1 failed")]
    [InlineData("other", 0.0, ExitCode.WrongUsage, "0 passed, 0 failed, 1 skipped")]
    public async Task Verify_exits_by_what_the_rows_say(string model, double score, int exitCode, string said)
    {
        var reference = _folder.File("reference.jsonl");
        await File.WriteAllTextAsync(
            reference,
            $$"""{"model":"{{model}}","query":"red planet","document":"Mars is the red planet","score":{{score}},"tolerance":"abs 1e-6"}""",
            TestContext.Current.CancellationToken);

        var verified = await RunAsync("model", "verify", "builtin:lexical", "--reference", reference);

        verified.ExitCode.ShouldBe(exitCode, verified.Error);
        verified.Output.ShouldContain(said);
    }

    private Task<CliResult> RunAsync(params string[] arguments) => RunInAsync([], arguments);

    private async Task<CliResult> RunInAsync(Dictionary<string, string> environment, params string[] arguments)
    {
        environment.TryAdd("RERANK_CACHE", _folder.File("cache"));
        environment["HF_ENDPOINT"] = _hub.Address.ToString();
        using var process = CliProcess.Start(environment, arguments);
        process.Input.Close();
        return await process.WaitAsync();
    }
}
