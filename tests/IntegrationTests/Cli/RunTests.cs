using System.Text;
using System.Text.Json;
using Rerank.Shared.Hosting;
using Rerank.TestKit;
using Shouldly;
using Xunit;

namespace Rerank.IntegrationTests.Cli;

public sealed class RunTests : IDisposable
{
    private readonly TemporaryFolder _folder = TemporaryFolder.Create();

    private string Input => _folder.File("pairs.jsonl");

    private string Output => _folder.File("out");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_file_becomes_a_dataset_with_each_row_once_and_the_broker_is_gone()
    {
        WritePairs(300);

        var run = await RunAsync("--json");

        run.ExitCode.ShouldBe(ExitCode.Done, run.Error);
        var result = JsonDocument.Parse(run.Output).RootElement;
        result.GetProperty("rows").GetInt64().ShouldBe(300);
        result.GetProperty("already_complete").GetBoolean().ShouldBeFalse();
        ShouldHaveEachRowOnce(300);
        Duck.Scalar<long>($"select sum(rows_written)::bigint from '{Output}/batches/*/*.parquet'").ShouldBe(300);
        Directory.Exists(Path.Combine(Output, ".rerank/nats")).ShouldBeFalse();
        ShouldHaveNoServer();
    }

    [Fact]
    public async Task The_same_command_again_says_that_the_job_is_complete()
    {
        WritePairs(20);
        await RunAsync();

        var again = await RunAsync();

        again.ExitCode.ShouldBe(ExitCode.Done, again.Error);
        again.Output.ShouldContain("already complete: 20 rows");
        ShouldHaveEachRowOnce(20);
    }

    [Fact]
    public async Task Another_max_length_for_the_same_job_is_refused_by_name()
    {
        WritePairs(20);
        await RunAsync();

        var other = await RunAsync("--max-length", "64");

        other.ExitCode.ShouldBe(ExitCode.WrongUsage);
        other.Error.ShouldContain("max length is '64', the job has '512'");
        other.Error.ShouldContain("--job");
    }

    [Fact]
    public async Task Another_model_for_the_same_job_is_refused_and_may_be_another_job()
    {
        WritePairs(20);
        await RunAsync();
        var model = _folder.File("tiny");
        (await CliProcess.RunAsync("model", "synth", "--shape", "1x32x2x64", "--seed", "1", "--output", model)).ExitCode.ShouldBe(ExitCode.Done);

        var other = await RunAsync("--model", model);

        other.ExitCode.ShouldBe(ExitCode.WrongUsage);
        other.Error.ShouldContain("model is 'tiny@local/fp32/");
        var second = await RunAsync("--model", model, "--job", "second");
        second.ExitCode.ShouldBe(ExitCode.Done, second.Error);
        Duck.Scalar<long>($"select count(*) from '{Output}/scores/*/*.parquet'").ShouldBe(40);
    }

    [Fact]
    public async Task An_empty_file_is_a_complete_job_of_no_rows()
    {
        WritePairs(0);

        var run = await RunAsync();

        run.ExitCode.ShouldBe(ExitCode.Done, run.Error);
        run.Output.ShouldContain("complete: 0 rows");
    }

    [Fact]
    public async Task Bad_lines_become_dead_letters_that_can_be_listed_shown_and_retried_from_the_kept_store()
    {
        WritePairs(50);
        await File.AppendAllTextAsync(Input, "not json\n{\"id\":\"x\",\"query\":\"q\"}\n", TestContext.Current.CancellationToken);

        var run = await RunAsync("--job", "j");

        run.ExitCode.ShouldBe(ExitCode.DoneWithDeadLetters, run.Error);
        ShouldHaveEachRowOnce(50);
        var list = await CliProcess.RunAsync("dead", "list", "j", "--output", Output);
        list.ExitCode.ShouldBe(ExitCode.Done, list.Error);
        list.Output.ShouldContain("invalid_json");
        list.Output.ShouldContain("pairs.jsonl:52");
        (await CliProcess.RunAsync("dead", "show", "j", "50", "--output", Output)).Output.ShouldContain("not json");
        (await RunAsync("--job", "j")).ExitCode.ShouldBe(ExitCode.DoneWithDeadLetters);

        var none = await CliProcess.RunAsync("dead", "retry", "j", "51", "3", "--output", Output);
        none.ExitCode.ShouldBe(ExitCode.Failed);
        none.Error.ShouldContain("no dead letter of ordinal 3; nothing was published");

        var retry = await CliProcess.RunAsync("dead", "retry", "j", "51", "--output", Output, "--json");

        retry.ExitCode.ShouldBe(ExitCode.Done, retry.Error);
        JsonDocument.Parse(retry.Output).RootElement.GetProperty("retried").GetInt32().ShouldBe(1);
        var again = await RunAsync("--job", "j");
        again.ExitCode.ShouldBe(ExitCode.DoneWithDeadLetters, again.Error);
        again.Output.ShouldNotContain("already");
        (await CliProcess.RunAsync("status", "j", "--output", Output)).Output.ShouldContain("complete");
        ShouldHaveEachRowOnce(50);
    }

    [Fact]
    public async Task An_interrupted_run_exits_130_and_the_same_command_finishes_it()
    {
        WritePairs(60_000);
        using var interrupted = CliProcess.Start(Arguments());
        await interrupted.Progress;
        interrupted.Interrupt();

        var end = await interrupted.WaitAsync();

        end.ExitCode.ShouldBe(ExitCode.Interrupted, end.Error);
        end.Error.ShouldContain("the same command resumes");
        ShouldHaveNoServer();
        var resumed = await RunAsync();
        resumed.ExitCode.ShouldBe(ExitCode.Done, resumed.Error);
        ShouldHaveEachRowOnce(60_000);
    }

    [Fact]
    public async Task A_run_that_is_killed_again_and_again_ends_with_each_row_once_and_no_server()
    {
        WritePairs(60_000);
        var kills = 0;
        // Fewer than five only where the machine is so fast that the job has ended by then.
        for (var start = 0; start < 5 && !IsComplete(); start++, kills++)
        {
            using var killed = CliProcess.Start(Arguments());
            await killed.Progress;
            await killed.KillGroupAsync();
            if (BrokerPid() is { } pid)
                await Processes.WaitUntilGoneAsync(pid);
        }

        kills.ShouldBeGreaterThan(1);
        var last = await RunAsync();

        last.ExitCode.ShouldBe(ExitCode.Done, last.Error);
        ShouldHaveEachRowOnce(60_000);
        ShouldHaveNoServer();
    }

    [Fact]
    public async Task Two_runs_into_one_dataset_at_a_time_are_refused()
    {
        WritePairs(1);
        using var first = CliProcess.Start("run", "--input", "-", "--output", Output, "--job", "endless");
        await first.Input.WriteAsync(Pair(0));
        await first.Input.FlushAsync(TestContext.Current.CancellationToken);
        await first.Progress;

        var second = await RunAsync();

        second.ExitCode.ShouldBe(ExitCode.Failed);
        second.Error.ShouldContain("Another rerank is working on");
        (await CliProcess.RunAsync("status", "endless", "--output", Output)).Output.ShouldContain("publishing");
    }

    [Fact]
    public async Task A_named_server_is_used_and_left_alone()
    {
        WritePairs(30);
        await using var server = await NatsServer.StartAsync();

        var run = await RunAsync("--nats", server.Url, "--job", "named");

        run.ExitCode.ShouldBe(ExitCode.Done, run.Error);
        ShouldHaveEachRowOnce(30);
        File.Exists(Path.Combine(Output, ".rerank/nats.conf")).ShouldBeFalse();
        (await CliProcess.RunAsync("jobs", "--nats", server.Url)).Output.ShouldContain("named  ingested, complete  30 of 30 rows");
    }

    [Fact]
    public async Task At_a_named_server_the_queues_have_the_sizes_of_the_environment_and_are_found_without_it()
    {
        WritePairs(30);
        await using var server = await NatsServer.StartAsync("jetstream { max_file_store: 20MB }");
        using var process = CliProcess.Start(
            new Dictionary<string, string> { ["Queue__MaxBytes"] = "5000000" }, Arguments("--nats", server.Url, "--job", "small"));

        var run = await process.WaitAsync();

        run.ExitCode.ShouldBe(ExitCode.Done, run.Error);
        (await CliProcess.RunAsync("jobs", "--nats", server.Url)).Output.ShouldContain("small  ingested, complete");
    }

    [Fact]
    public async Task A_source_without_a_pair_is_told_once()
    {
        await File.WriteAllTextAsync(Input, string.Concat(Enumerable.Repeat("1,2,3\n", 1000)), TestContext.Current.CancellationToken);

        var run = await RunAsync();

        run.ExitCode.ShouldBe(ExitCode.Failed);
        run.Error.Split("None of the first 1,000 records").Length.ShouldBe(2, run.Error);
    }

    [Fact]
    public async Task Progress_that_cannot_be_written_does_not_end_the_run()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "There is no /dev/full here.");
        WritePairs(50);
        using var shell = CliProcess.StartShell("exec dotnet \"$0\" \"$@\" 2>/dev/full", Arguments());

        (await shell.WaitAsync()).ExitCode.ShouldBe(ExitCode.Done);
        ShouldHaveEachRowOnce(50);
    }

    private string[] Arguments(params string[] more) => ["run", "--input", Input, "--output", Output, .. more];

    private Task<CliResult> RunAsync(params string[] more) => CliProcess.RunAsync(Arguments(more));

    private void WritePairs(int count)
    {
        var text = new StringBuilder();
        for (var i = 0; i < count; i++)
            text.Append(Pair(i));
        File.WriteAllText(Input, text.ToString());
    }

    private static string Pair(int number) =>
        $"{{\"id\":\"p{number}\",\"query_id\":\"q{number / 10}\",\"query\":\"water on planet {number / 10}\",\"document\":\"Document {number} about water, ice and {number % 7} planets.\"}}\n";

    private void ShouldHaveEachRowOnce(long count)
    {
        var row = Duck.Query($"select count(*), count(distinct ordinal), min(ordinal), max(ordinal), count(distinct id) from '{Output}/scores/*/*.parquet'")[0];
        row.Select(Convert.ToInt64).ShouldBe([count, count, 0, count - 1, count]);
    }

    private bool IsComplete() => Directory.Exists(Output) && Directory.GetFiles(Output, "_SUCCESS", SearchOption.AllDirectories).Length > 0;

    /// <summary>Null if the run had ended its broker before it was killed.</summary>
    private int? BrokerPid()
    {
        var path = Path.Combine(Output, ".rerank/broker.json");
        return File.Exists(path) ? JsonDocument.Parse(File.ReadAllText(path)).RootElement.GetProperty("pid").GetInt32() : null;
    }

    private void ShouldHaveNoServer() => Processes.CommandLines("nats-server").ShouldNotContain(line => line.Contains(Output));
}
