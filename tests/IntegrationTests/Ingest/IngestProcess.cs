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
        var start = Repository.Program("Ingest", IngestRun.Arguments(server, @namespace, settings));
        start.RedirectStandardError = true;
        start.RedirectStandardInput = true;
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

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SendSignal(int processId, int signal);
}
