using System.Globalization;

namespace Rerank.Benchmarks.Overhead;

/// <summary>What a process has used so far, from Linux's <c>/proc</c>.</summary>
/// <param name="UserSeconds">Time in its own code, of all its threads.</param>
/// <param name="SystemSeconds">Time in the kernel.</param>
/// <param name="ResidentMb">Memory that it holds now, of 1,048,576 bytes.</param>
internal readonly record struct ProcessUsage(double UserSeconds, double SystemSeconds, double ResidentMb)
{
    private const double TicksASecond = 100;

    internal double CpuSeconds => UserSeconds + SystemSeconds;

    /// <summary>Null if there is no such process any more.</summary>
    internal static ProcessUsage? Read(int process)
    {
        try
        {
            // The second field, in parentheses, may hold spaces.
            var stat = File.ReadAllText($"/proc/{process}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return new ProcessUsage(
                Number(fields[11]) / TicksASecond,
                Number(fields[12]) / TicksASecond,
                Number(fields[21]) * Environment.SystemPageSize / (1024.0 * 1024.0));
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static long Number(string field) => long.Parse(field, CultureInfo.InvariantCulture);
}
