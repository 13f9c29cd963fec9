using System.Globalization;

namespace Rerank.Benchmarks.Overhead;

/// <summary>What .NET itself knows of a process at its end, as a line of its output.</summary>
/// <param name="AllocatedBytes">Bytes that managed code asked for.</param>
/// <param name="Collections">Garbage collections, of all generations.</param>
/// <param name="FullCollections">How many of them were of the oldest generation.</param>
/// <param name="PauseMs">Time that they took; nothing else ran meanwhile.</param>
/// <param name="CommittedMb">Memory of the managed heap after the last one, of 1,048,576 bytes.</param>
internal sealed record RuntimeUsage(long AllocatedBytes, int Collections, int FullCollections, double PauseMs, double CommittedMb)
{
    private const string Mark = "runtime usage:";

    internal static RuntimeUsage OfThisProcess() => new(
        GC.GetTotalAllocatedBytes(precise: true),
        GC.CollectionCount(0),
        GC.CollectionCount(2),
        GC.GetTotalPauseDuration().TotalMilliseconds,
        GC.GetGCMemoryInfo(GCKind.Any).TotalCommittedBytes / (1024.0 * 1024.0));

    internal string ToLine() =>
        string.Create(CultureInfo.InvariantCulture, $"{Mark} {AllocatedBytes} {Collections} {FullCollections} {PauseMs:R} {CommittedMb:R}");

    /// <summary>Null for any other line.</summary>
    internal static RuntimeUsage? Read(string? line)
    {
        if (line?.StartsWith(Mark, StringComparison.Ordinal) != true)
            return null;
        var fields = line[Mark.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return new RuntimeUsage(
            long.Parse(fields[0], CultureInfo.InvariantCulture),
            int.Parse(fields[1], CultureInfo.InvariantCulture),
            int.Parse(fields[2], CultureInfo.InvariantCulture),
            double.Parse(fields[3], CultureInfo.InvariantCulture),
            double.Parse(fields[4], CultureInfo.InvariantCulture));
    }
}
