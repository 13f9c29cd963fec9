using Rerank.Shared.Hosting;
using Rerank.TestKit;
using Shouldly;
using Xunit;

namespace Rerank.IntegrationTests.Cli;

public sealed class UsageTests
{
    [Theory]
    [InlineData("Unrecognized command or argument '--colour'", "run", "--input", "x", "--output", "y", "--colour", "red")]
    [InlineData("Option '--output' is required", "run", "--input", "x")]
    [InlineData("Required command was not provided")]
    [InlineData("Unrecognized command or argument 'scoer'", "scoer")]
    [InlineData("for option '--scorers': it must be a whole number up to", "run", "--input", "x", "--output", "y", "--scorers", "two")]
    [InlineData("--output is empty; give it a value or leave it out.", "run", "--input", "x", "--output", "")]
    [InlineData("--max-length is '1'; it must be 4 to 8,192.", "jobs", "open", "j", "--max-length", "1")]
    [InlineData("JOB is empty; give it a value or leave it out.", "dead", "list", "")]
    public async Task Wrong_usage_is_named_with_help_on_stderr_and_exits_2(string message, params string[] arguments)
    {
        var result = await CliProcess.RunAsync(arguments);

        result.ExitCode.ShouldBe(ExitCode.WrongUsage);
        result.Error.ShouldContain(message);
        result.Error.ShouldContain("Usage:");
        result.Output.ShouldBeEmpty();
    }

    [Fact]
    public async Task All_wrong_settings_of_a_run_are_named_at_once_by_their_options()
    {
        using var folder = TemporaryFolder.Create();

        var result = await CliProcess.RunAsync(
            "run", "--input", folder.File("absent.jsonl"), "--output", folder.File("out"), "--model", folder.File("no-model"), "--backend", "abacus", "--scorers", "-1", "--nats", "http://host");

        result.ExitCode.ShouldBe(ExitCode.WrongUsage);
        result.Error.ShouldContain("--input is");
        result.Error.ShouldContain("no-model");
        result.Error.ShouldContain("--backend is 'abacus'");
        result.Error.ShouldContain("--scorers is '-1'; it must be 0 to 1,024.");
        result.Error.ShouldContain("--nats has 'http://host'");
        Directory.Exists(folder.File("out")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("--backend is 'cuda'", "GPU build", "--backend", "cuda")]
    [InlineData("--backend is 'coreml'", "Available here: auto, cpu", "--backend", "coreml")]
    [InlineData("--runtime-library is", "no such file", "--runtime-library", "/no/such/libonnxruntime.so")]
    [InlineData("--runtime-library is", "cannot load it", "--runtime-library", "/etc/hosts")]
    public async Task A_backend_that_is_not_here_is_refused_before_anything_is_made(string setting, string reason, params string[] options)
    {
        Assert.SkipWhen(OperatingSystem.IsMacOS() && options[1] == "coreml", "CoreML is here.");
        using var folder = TemporaryFolder.Create();
        var input = folder.File("pairs.jsonl");
        await File.WriteAllTextAsync(input, "", TestContext.Current.CancellationToken);

        var result = await CliProcess.RunAsync(["run", "--input", input, "--output", folder.File("out"), .. options]);

        result.ExitCode.ShouldBe(ExitCode.WrongUsage);
        result.Error.ShouldContain(setting);
        result.Error.ShouldContain(reason);
        Directory.Exists(folder.File("out")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_server_that_nobody_answers_at_is_named_and_exits_1()
    {
        var hurry = new Dictionary<string, string> { ["Nats__ConnectTimeout"] = "00:00:00.2" };
        using var process = CliProcess.Start(hurry, "jobs", "--nats", "nats://127.0.0.1:1");

        var result = await process.WaitAsync();

        result.ExitCode.ShouldBe(ExitCode.Failed);
        result.Error.ShouldContain("No NATS server answers at nats://127.0.0.1:1");
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{\"query\":\"q\"}")]
    [InlineData("{\"query\":\"q\",\"document\":1}")]
    public async Task A_line_that_tokenize_cannot_read_is_named_and_shown(string line)
    {
        using var process = CliProcess.Start("tokenize", "--model", "builtin:lexical");
        await process.Input.WriteLineAsync(line);
        process.Input.Close();

        var result = await process.WaitAsync();

        result.ExitCode.ShouldBe(ExitCode.Failed);
        result.Error.Trim().ShouldBe($"Line 1 is no JSON object with the strings \"query\" and \"document\": {line}");
    }

    [Fact]
    public async Task Tokenize_ends_when_nobody_reads_any_more()
    {
        using var shell = CliProcess.StartShell("yes '{\"query\":\"a\",\"document\":\"b\"}' | dotnet \"$0\" tokenize --model builtin:lexical | head -n 1");

        var result = await shell.WaitAsync();

        result.Output.ShouldStartWith("{\"input_ids\":[");
    }

    [Fact]
    public async Task Tokenize_prints_a_line_of_ids_for_each_pair()
    {
        using var process = CliProcess.Start("tokenize", "--model", "builtin:lexical", "--max-length", "16");
        await process.Input.WriteLineAsync("{\"query\":\"red planet\",\"document\":\"Mars is red.\",\"rank\":1}");
        process.Input.Close();

        var result = await process.WaitAsync();

        result.ExitCode.ShouldBe(ExitCode.Done, result.Error);
        result.Output.ShouldStartWith("{\"input_ids\":[");
        result.Output.ShouldContain("\"token_type_ids\":[0,0,0,0,1,1");
    }
}
