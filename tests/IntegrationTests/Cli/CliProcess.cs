using System.Diagnostics;
using System.Text;

namespace Rerank.IntegrationTests.Cli;

/// <summary>The tool as a process of its own, in a session of its own, so that a test can end its whole process group.</summary>
internal sealed class CliProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "Rerank.Cli.dll");

    private readonly Process _process;
    private readonly StringBuilder _error = new();
    private readonly TaskCompletionSource _progress = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task<string> _output;

    private CliProcess(Process process)
    {
        _process = process;
        _output = process.StandardOutput.ReadToEndAsync();
        process.ErrorDataReceived += (_, received) =>
        {
            lock (_error)
                _error.AppendLine(received.Data);
            if (received.Data is null || received.Data.Contains(" waiting, ", StringComparison.Ordinal))
                _progress.TrySetResult();
        };
        process.BeginErrorReadLine();
    }

    /// <summary>Completes with the first line of progress, or at the end.</summary>
    public Task Progress => _progress.Task.WaitAsync(Patience);

    public StreamWriter Input => _process.StandardInput;

    public static CliProcess Start(params string[] arguments) => Start(new Dictionary<string, string>(), arguments);

    public static CliProcess Start(IReadOnlyDictionary<string, string> environment, params string[] arguments) =>
        StartCommand(environment, ["dotnet", Program, .. arguments]);

    /// <summary>A line of a shell, in which <c>$0</c> is the tool's dll and <c>$1</c> and so on are the arguments.</summary>
    public static CliProcess StartShell(string script, params string[] arguments) =>
        StartCommand(new Dictionary<string, string>(), ["sh", "-c", script, Program, .. arguments]);

    private static CliProcess StartCommand(IReadOnlyDictionary<string, string> environment, string[] command)
    {
        var start = new ProcessStartInfo("setsid", command)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return new CliProcess(Process.Start(start)!);
    }

    /// <summary>Runs to the end.</summary>
    public static async Task<CliResult> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        process.Input.Close();
        return await process.WaitAsync();
    }

    public async Task<CliResult> WaitAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Patience);
        var output = await _output;
        lock (_error)
            return new CliResult(_process.ExitCode, output, _error.ToString());
    }

    /// <summary>SIGINT to the process alone.</summary>
    public void Interrupt() => Signal("-INT", $"{_process.Id}");

    /// <summary>SIGKILL to the process group.</summary>
    public async Task KillGroupAsync()
    {
        Signal("-KILL", $"-{_process.Id}");
        await _process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private static void Signal(string signal, string target)
    {
        using var kill = Process.Start("kill", [signal, "--", target]);
        kill.WaitForExit();
    }
}
