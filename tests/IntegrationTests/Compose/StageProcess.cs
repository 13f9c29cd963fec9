using System.Diagnostics;
using System.Text;
using Rerank.TestKit;

namespace Rerank.IntegrationTests.Compose;

/// <summary>One of the deployable executables as a child process, with the environment that it is given and no other settings.</summary>
internal sealed class StageProcess : IAsyncDisposable
{
    // What a process needs to start at all; not a setting of ours.
    private static readonly string[] Inherited = ["PATH", "HOME", "TMPDIR", "DOTNET_ROOT"];

    private readonly Process _process;
    private readonly StringBuilder _log = new();

    private StageProcess(Process process)
    {
        _process = process;
        _process.ErrorDataReceived += (_, received) => Append(received.Data);
        _process.OutputDataReceived += (_, received) => Append(received.Data);
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
    }

    internal string Log
    {
        get
        {
            lock (_log)
                return _log.ToString();
        }
    }

    /// <summary>Starts the build of the same configuration as these tests.</summary>
    /// <param name="stage">Ingest, Scorer or Sink.</param>
    /// <param name="environment">Its settings.</param>
    internal static StageProcess Start(string stage, IReadOnlyDictionary<string, string> environment)
    {
        var start = Repository.Program(stage);
        start.RedirectStandardError = true;
        start.RedirectStandardOutput = true;
        var inherited = Inherited.ToDictionary(name => name, Environment.GetEnvironmentVariable);
        start.Environment.Clear();
        foreach (var (name, value) in inherited.Where(variable => variable.Value is not null))
            start.Environment[name] = value;
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return new StageProcess(Process.Start(start)!);
    }

    /// <summary>Waits for the end of the process; its exit code.</summary>
    internal async Task<int> ExitAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode;
    }

    /// <summary>Ends it as <c>docker stop</c> does; its exit code.</summary>
    internal async Task<int> StopAsync(CancellationToken cancellationToken)
    {
        using (var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]))
            await kill.WaitForExitAsync(cancellationToken);
        return await ExitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private void Append(string? line)
    {
        lock (_log)
            _log.AppendLine(line);
    }
}
