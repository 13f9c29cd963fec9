using System.Diagnostics;
using Rerank.TestKit;
using Shouldly;
using Xunit;

namespace Rerank.IntegrationTests.Cli;

/// <summary>The launcher in a checkout of its own, with a <c>dotnet</c> that writes down what it is asked.</summary>
public sealed class LauncherTests : IDisposable
{
    // "dotnet build" leaves a program; "dotnet PROGRAM …" prints its working folder and each argument in brackets.
    private const string FakeDotnet =
        """
        #!/bin/sh
        root=${FAKE_ROOT}
        case $1 in
            --list-sdks) echo "${FAKE_SDK:-10.0.100} [/sdk]" ;;
            build)
                echo build >>"$root/calls"
                [ -z "${FAKE_FAILURE:-}" ] || { echo "$FAKE_FAILURE"; exit 1; }
                sleep "${FAKE_SECONDS:-0}"
                mkdir -p "$root/artifacts/bin/Cli/release"
                : >"$root/artifacts/bin/Cli/release/Rerank.Cli.dll" ;;
            test) echo "tests $*"; exit 7 ;;
            *) printf '%s\n' "$PWD"; shift; printf '[%s]\n' "$@"; exit 5 ;;
        esac
        """;

    private readonly TemporaryFolder _folder = TemporaryFolder.Create();

    public LauncherTests()
    {
        Directory.CreateDirectory(_folder.File("checkout/src"));
        Directory.CreateDirectory(_folder.File("bin"));
        File.Copy(Path.Combine(Repository.Root, "rerank"), _folder.File("checkout/rerank"));
        File.WriteAllText(_folder.File("checkout/src/A.cs"), "");
        WriteExecutable("dotnet", FakeDotnet);
        WriteExecutable("nats-server", "#!/bin/sh\n");
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("dash")]
    [InlineData("bash")]
    public async Task Arguments_working_folder_and_exit_code_pass_through_unchanged(string shell)
    {
        var elsewhere = Directory.CreateDirectory(_folder.File("else where")).FullName;

        var result = await RunAsync(shell, _folder.File("checkout/rerank"), elsewhere, ["eval", "a b", "", "it's", "\"q\"", "$HOME", "*", "-n"]);

        result.Output.ShouldBe($"{elsewhere}\n[eval]\n[a b]\n[]\n[it's]\n[\"q\"]\n[$HOME]\n[*]\n[-n]\n");
        result.ExitCode.ShouldBe(5);
    }

    [Theory]
    [InlineData("dash")]
    [InlineData("bash")]
    public async Task Closed_descriptors_are_opened_on_nothing(string shell)
    {
        await RunAsync();
        WriteExecutable("dotnet", "#!/bin/sh\ncat && echo out");

        foreach (var closed in new[] { "<&-", ">&-", "2>&-", "<&- >&- 2>&-" })
        {
            var result = await RunAsync(shell, "-c", _folder.Path, [$"{shell} '{_folder.File("checkout/rerank")}' x {closed}"]);

            result.ExitCode.ShouldBe(0, closed + result.Error);
        }
    }

    [Fact]
    public async Task It_works_through_symbolic_links()
    {
        File.CreateSymbolicLink(_folder.File("link"), "bin/second");
        File.CreateSymbolicLink(_folder.File("bin/second"), "../checkout/rerank");

        var result = await RunAsync("sh", _folder.File("link"), _folder.Path, ["x"]);

        result.Output.ShouldEndWith("[x]\n");
    }

    [Fact]
    public async Task It_builds_once_and_again_only_when_a_source_has_changed()
    {
        await RunAsync();
        await RunAsync();
        Builds().ShouldBe(1);

        File.SetLastWriteTimeUtc(_folder.File("checkout/src/A.cs"), TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(1));
        await RunAsync();

        Builds().ShouldBe(2);
    }

    [Fact]
    public async Task Two_at_once_build_once()
    {
        var slow = new Dictionary<string, string> { ["FAKE_SECONDS"] = "0.5" };

        var results = await Task.WhenAll(RunAsync(slow), RunAsync(slow), RunAsync(slow));

        Builds().ShouldBe(1);
        results.ShouldAllBe(result => result.ExitCode == 5);
    }

    [Fact]
    public async Task The_lock_of_a_launcher_that_died_is_broken()
    {
        Directory.CreateDirectory(_folder.File("checkout/artifacts/launcher/lock"));
        await File.WriteAllTextAsync(_folder.File("checkout/artifacts/launcher/lock/pid"), "4194305", TestContext.Current.CancellationToken);

        (await RunAsync()).ExitCode.ShouldBe(5);
    }

    [Fact]
    public async Task A_failed_build_shows_its_output_and_is_tried_again_the_next_time()
    {
        var failed = await RunAsync(new Dictionary<string, string> { ["FAKE_FAILURE"] = "error CS0001: no" });

        failed.ExitCode.ShouldBe(1);
        failed.Error.ShouldContain("error CS0001: no");
        failed.Output.ShouldBeEmpty();
        (await RunAsync()).ExitCode.ShouldBe(5);
    }

    [Fact]
    public async Task An_old_sdk_is_named_with_what_to_do()
    {
        var result = await RunAsync(new Dictionary<string, string> { ["FAKE_SDK"] = "8.0.404" });

        result.ExitCode.ShouldBe(1);
        result.Error.ShouldContain(".NET SDK 10 or newer is needed");
        result.Error.ShouldContain("8.0.404");
        result.Error.ShouldContain("https://dotnet.microsoft.com");
    }

    [Fact]
    public async Task Test_builds_the_solution_and_ends_with_the_exit_code_of_the_tests()
    {
        var result = await RunAsync("sh", _folder.File("checkout/rerank"), _folder.Path, ["test"]);

        result.ExitCode.ShouldBe(7);
        result.Output.ShouldContain("tests test --solution Pipeline.sln -c Release --no-build");
    }

    private int Builds() => File.ReadAllLines(_folder.File("checkout/calls")).Length;

    private Task<CliResult> RunAsync(Dictionary<string, string>? environment = null) =>
        RunAsync("sh", _folder.File("checkout/rerank"), _folder.Path, ["x"], environment);

    private async Task<CliResult> RunAsync(
        string shell, string script, string workingFolder, string[] arguments, Dictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(shell, [script, .. arguments])
        {
            UseShellExecute = false,
            WorkingDirectory = workingFolder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PATH"] = $"{_folder.File("bin")}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["FAKE_ROOT"] = _folder.File("checkout");
        foreach (var (name, value) in environment ?? [])
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new CliResult(process.ExitCode, await output, await error);
    }

    private void WriteExecutable(string name, string content)
    {
        var path = _folder.File(Path.Combine("bin", name));
        File.WriteAllText(path, content);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
