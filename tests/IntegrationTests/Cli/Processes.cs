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
}
