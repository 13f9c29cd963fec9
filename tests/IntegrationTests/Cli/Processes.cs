using System.Diagnostics;

namespace Rerank.IntegrationTests.Cli;

internal static class Processes
{
    internal static bool IsAlive(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    internal static async Task WaitUntilGoneAsync(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
        }
        catch (ArgumentException)
        {
            // Gone already.
        }
    }

    /// <summary>Of the processes of that name that are there; one that ends meanwhile is left out.</summary>
    internal static List<string> CommandLines(string name)
    {
        var lines = new List<string>();
        foreach (var process in Process.GetProcessesByName(name))
        {
            try
            {
                lines.Add(File.ReadAllText($"/proc/{process.Id}/cmdline"));
            }
            catch (IOException)
            {
                // It has ended.
            }
        }

        return lines;
    }
}
