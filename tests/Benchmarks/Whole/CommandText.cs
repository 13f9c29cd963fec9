using System.ComponentModel;
using System.Diagnostics;

namespace Rerank.Benchmarks.Whole;

/// <summary>What a program prints.</summary>
internal static class CommandText
{
    /// <summary>Its output without the last line's end; <c>unknown</c> where it cannot be run or fails.</summary>
    internal static string Of(string program, params string[] arguments)
    {
        try
        {
            var start = new ProcessStartInfo(program, arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            };
            using var process = Process.Start(start)!;
            var text = process.StandardOutput.ReadToEnd().Trim();
            process.WaitForExit();
            return process.ExitCode == 0 ? text : "unknown";
        }
        catch (Win32Exception)
        {
            return "unknown";
        }
    }
}
