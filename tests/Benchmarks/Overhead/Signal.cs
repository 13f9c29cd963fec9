using System.Runtime.InteropServices;

namespace Rerank.Benchmarks.Overhead;

/// <summary>Signals of Linux to other processes; .NET itself can only kill one.</summary>
internal static class Signal
{
    internal const int Terminate = 15;
    internal const int Continue = 18;
    internal const int Stop = 19;

    private const int NoSuchProcess = 3;

    /// <summary>Sends it; a process that has ended gets none.</summary>
    /// <exception cref="InvalidOperationException">The system refuses.</exception>
    internal static void Send(int process, int signal)
    {
        if (kill(process, signal) != 0 && Marshal.GetLastPInvokeError() is var error and not NoSuchProcess)
            throw new InvalidOperationException($"Process {process} cannot be sent signal {signal}: {Marshal.GetPInvokeErrorMessage(error)}.");
    }

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int kill(int process, int signal);
}
