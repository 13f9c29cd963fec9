using Rerank.Shared.Hosting;
using Rerank.TestKit;
using Shouldly;
using Xunit;

namespace Rerank.IntegrationTests.Cli;

public sealed class BenchTests : IDisposable
{
    private const string Small =
        """
        name: trial
        description: Two callers on a real CPU
        model: builtin:lexical
        backend: cpu
        precision: fp32
        adaptive: true
        requests: 40
        grid:
          - batch: [4, 8]
            concurrency: [2]
        simulate:
          device: reference
        small:
          requests: 6
          model: builtin:lexical
        """;

    private readonly TemporaryFolder _folder = TemporaryFolder.Create();

    private string Output => _folder.File("out");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_real_closed_loop_ends_in_a_report_whose_totals_are_those_of_the_tables()
    {
        var bench = await BenchAsync(Experiment(Small), "--scale", "small", "--repeat", "2");

        bench.ExitCode.ShouldBe(ExitCode.Done, bench.Error);
        var measured = $"select distinct job from '{Output}/requests/*.parquet'";
        Duck.Scalar<long>($"select sum(pairs)::bigint from '{Output}/requests/*.parquet'").ShouldBe(2 * 6 * (4 + 8));
        Duck.Scalar<long>($"select count(*) from '{Output}/scores/*/*.parquet' where job in ({measured})").ShouldBe(2 * 6 * (4 + 8));
        Duck.Scalar<long>($"select sum(rows_written)::bigint from '{Output}/batches/*/*.parquet' where job in ({measured})").ShouldBe(2 * 6 * (4 + 8));
        bench.Output.ShouldContain($"| 4 | 2 | {2 * 6 * 4} |");
        bench.Output.ShouldContain($"| 8 | 2 | {2 * 6 * 8} |");
        File.ReadAllText(Path.Combine(Output, "report.md")).ShouldContain("builtin:lexical");
        File.Exists(Path.Combine(Output, "report.html")).ShouldBeTrue();
        Directory.Exists(Path.Combine(Output, ".rerank/nats")).ShouldBeFalse();
    }

    [Fact]
    public async Task The_same_command_again_measures_only_what_is_missing()
    {
        var file = Experiment(Small);
        await BenchAsync(file, "--simulate", "reference");
        var requests = Directory.GetFiles(Path.Combine(Output, "requests")).Order().ToList();
        File.Delete(requests[0]);
        var kept = File.GetLastWriteTimeUtc(requests[1]);

        var again = await BenchAsync(file, "--simulate", "reference");

        again.ExitCode.ShouldBe(ExitCode.Done, again.Error);
        File.Exists(requests[0]).ShouldBeTrue();
        File.GetLastWriteTimeUtc(requests[1]).ShouldBe(kept);
        again.Error.Split('\n').Count(line => line.Contains("pairs/s", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task An_interrupted_bench_exits_with_130_reports_what_it_has_and_resumes()
    {
        var file = Experiment(Small.Replace("batch: [4, 8]", "batch: [1, 64]", StringComparison.Ordinal).Replace("requests: 40", "requests: 20", StringComparison.Ordinal));
        await BenchAsync(file, "--repeat", "1");
        var requests = Directory.GetFiles(Path.Combine(Output, "requests")).Order().ToList();
        File.Delete(requests[1]);
        using var bench = CliProcess.Start("bench", file, "--output", Output, "--repeat", "1000");
        await Poll.UntilAsync(() => Task.FromResult(File.Exists(requests[1])), TestContext.Current.CancellationToken);
        bench.Interrupt();

        var result = await bench.WaitAsync();

        result.ExitCode.ShouldBe(ExitCode.Interrupted, result.Error);
        result.Error.ShouldContain("the same command resumes");
        result.Output.ShouldContain("## trial");
        Directory.Exists(Path.Combine(Output, ".rerank/nats")).ShouldBeFalse();
        (await BenchAsync(file)).ExitCode.ShouldBe(ExitCode.Done);
    }

    [Fact]
    public async Task All_experiments_run_to_the_end_at_small_scale()
    {
        var files = Directory.GetFiles(Path.Combine(Repository.Root, "experiments"), "*.yaml").Order().ToArray();

        var bench = await CliProcess.RunAsync(["bench", .. files, "--output", Output, "--scale", "small"]);

        bench.ExitCode.ShouldBe(ExitCode.Done, bench.Error);
        bench.Output.ShouldNotContain("ERROR");
        foreach (var file in files)
            bench.Output.ShouldContain($"## {Path.GetFileNameWithoutExtension(file)}");
    }

    [Theory]
    [InlineData("--output is missing", "F")]
    [InlineData("Name experiments (FILE), or a simulated device with --simulate.")]
    [InlineData("--callers is for a simulation without FILE", "F", "--output", "o", "--callers", "3")]
    [InlineData("--repeat is for experiments; name a FILE.", "--simulate", "reference", "--repeat", "3")]
    [InlineData("--simulate and --backend are two devices", "F", "--output", "o", "--simulate", "gpu", "--backend", "cpu")]
    [InlineData("There is no experiment 'F'", "F", "--output", "o")]
    public async Task Wrong_flags_are_refused_with_exit_code_2(string expected, params string[] arguments)
    {
        var bench = await CliProcess.RunAsync(["bench", .. arguments]);

        bench.ExitCode.ShouldBe(ExitCode.WrongUsage);
        bench.Error.ShouldContain(expected);
    }

    private string Experiment(string text)
    {
        var file = _folder.File("trial.yaml");
        File.WriteAllText(file, text);
        return file;
    }

    private Task<CliResult> BenchAsync(string file, params string[] arguments) => CliProcess.RunAsync(["bench", file, "--output", Output, .. arguments]);
}
