using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Rerank.Cli.Embedded;

namespace Rerank.Cli.Diagnosis;

/// <summary>The <c>nats-server</c> that <c>run</c> starts without <c>--nats</c>.</summary>
internal static partial class NatsServer
{
    private const string Subject = "nats-server";
    private static readonly Version Least = new(2, 9);

    internal static async Task<Finding> InstalledAsync(CancellationToken cancellationToken)
    {
        if (NatsServerBinary.Find() is not { } path)
            return Finding.Problem(
                Subject, "not on PATH", "apt-get install nats-server, brew install nats-server, or name a server with --nats.");

        string output;
        try
        {
            using var process = Process.Start(new ProcessStartInfo(path, "--version") { RedirectStandardOutput = true, UseShellExecute = false })!;
            output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (Win32Exception e)
        {
            return Finding.Problem(Subject, $"{path} does not run: {e.Message}", "Install it again, for this processor.");
        }

        return Judge(path, output);
    }

    /// <summary>Judges what <c>nats-server --version</c> printed.</summary>
    internal static Finding Judge(string path, string output)
    {
        var match = VersionNumber().Match(output);
        if (!match.Success)
            return Finding.Warning(Subject, $"{path} says '{output.Trim()}'", $"Version {Least} or newer is needed; look whether it is.");
        return Version.Parse(match.Value) >= Least
            ? Finding.Ok(Subject, $"{match.Value} at {path}")
            : Finding.Problem(Subject, $"{match.Value} at {path}", $"Version {Least} or newer is needed; update it.");
    }

    [GeneratedRegex(@"\d+\.\d+\.\d+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex VersionNumber();
}
