using System.Diagnostics;

namespace Rerank.Cli.Embedded;

/// <summary>
/// A small shell process between this one and the server, in a session of its own, so that Ctrl-C in the terminal reaches neither.
/// It holds the read end of a pipe whose write end is ours: however this process ends, the pipe closes and the server is ended.
/// </summary>
internal static class Watchdog
{
    // Arguments: server, configuration, pid file, log.
    private const string Script =
        """
        trap '' INT HUP
        exec 3<&0 </dev/null >/dev/null 2>&1
        "$1" --config "$2" 3<&- >"$4" 2>&1 &
        server=$!
        echo "$server" >"$3"
        { cat <&3; kill -TERM "$server"; } &
        guard=$!
        exec 3<&-
        wait "$server"
        status=$?
        rm -f "$3"
        kill "$guard"
        exit "$status"
        """;

    // macOS has no setsid. A background job under "set -m" gets a process group of its own; only bash does that without a terminal.
    private const string Regroup = """trap '' INT HUP; set -m; exec 3<&0; "$@" <&3 & exec 3<&-; wait "$!" """;

    private static readonly string[] SetsidPaths = ["/usr/bin/setsid", "/bin/setsid"];

    /// <summary>Starts the server under its watchdog; the process that is returned ends when the server has.</summary>
    internal static Process Start(string server, BrokerFolder folder)
    {
        var setsid = SetsidPaths.FirstOrDefault(File.Exists);
        string[] command =
        [
            .. setsid is null ? ["bash", "-c", Regroup, "rerank-watchdog"] : new[] { setsid },
            "sh", "-c", Script, "rerank-watchdog", server, folder.Configuration, folder.ProcessId, folder.Log,
        ];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            WorkingDirectory = folder.Path,
        };
        return Process.Start(start)!;
    }
}
