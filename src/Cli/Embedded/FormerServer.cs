using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Rerank.Shared.Hosting;

namespace Rerank.Cli.Embedded;

/// <summary>The server of a process that was killed: it needs a moment to end, and two servers must never share a store.</summary>
internal static class FormerServer
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    /// <summary>Returns when no server uses the folder's store any more.</summary>
    /// <exception cref="StageFailedException">It is still there after 30 s.</exception>
    internal static async Task WaitUntilGoneAsync(BrokerFolder folder, TimeProvider time, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        while (FindPid(folder) is { } pid)
        {
            if (time.GetElapsedTime(began) > Patience)
            {
                throw new StageFailedException(
                    ExitCode.Failed,
                    $"A nats-server of an earlier run (process {pid}) still uses {folder.Store} after {Patience.TotalSeconds} s. "
                    + $"End it (kill {pid}) and start again.");
            }

            await Task.Delay(Interval, time, cancellationToken);
        }
    }

    private static int? FindPid(BrokerFolder folder)
    {
        try
        {
            return int.TryParse(File.ReadAllText(folder.ProcessId), NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
                && CommandOf(pid).Contains(folder.Configuration, StringComparison.Ordinal)
                ? pid
                : null;
        }
        catch (IOException)
        {
            // No pid file: the watchdog has removed it.
            return null;
        }
    }

    /// <summary>The command line of a process, empty if there is none: pids are used again by others.</summary>
    private static string CommandOf(int pid)
    {
        if (Directory.Exists("/proc/self"))
        {
            var path = $"/proc/{pid}/cmdline";
            return File.Exists(path) ? File.ReadAllText(path) : "";
        }

        try
        {
            var start = new ProcessStartInfo("ps", ["-ww", "-o", "args=", "-p", $"{pid}"]) { RedirectStandardOutput = true, UseShellExecute = false };
            using var ps = Process.Start(start)!;
            return ps.StandardOutput.ReadToEnd();
        }
        catch (Win32Exception)
        {
            return "";
        }
    }
}
