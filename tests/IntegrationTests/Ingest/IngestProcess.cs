using System.Diagnostics;
using System.Runtime.InteropServices;
using Rerank.TestKit;

namespace Rerank.IntegrationTests.Ingest;

/// <summary>Ingest as a process of its own, as it is deployed.</summary>
internal sealed class IngestProcess : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _errors;

    private IngestProcess(Process process)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
    }

    internal StreamWriter Input => _process.StandardInput;

    internal static IngestProcess Start(NatsServer server, string @namespace, params string[] settings)
    {
        var start = new ProcessStartInfo(Executable()) { RedirectStandardError = true, RedirectStandardInput = true, UseShellExecute = false };
        foreach (var setting in IngestRun.Arguments(server, @namespace, settings))
            start.ArgumentList.Add(setting);
        return new IngestProcess(Process.Start(start)!);
    }

    internal void Kill() => _process.Kill();

    internal void Interrupt()
    {
        if (SendSignal(_process.Id, 2) != 0)
            throw new InvalidOperationException("The process could not be signalled.");
    }

    /// <summary>Its exit code, and what it said.</summary>
    internal async Task<(int ExitCode, string Errors)> WaitAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        return (_process.ExitCode, await _errors);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }

    /// <summary>Beside the tests' own folder, of the same configuration.</summary>
    private static string Executable()
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
        return Path.Combine(Repository.Root, "artifacts", "bin", "Ingest", configuration, "Rerank.Ingest");
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SendSignal(int processId, int signal);
}
