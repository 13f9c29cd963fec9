namespace Rerank.Shared.Messaging;

/// <summary>
/// Who holds a lease, as text: <c>host, process 123 (…)</c>. On Linux the part in brackets names the boot, the process namespace and
/// the start of the process, so that a process on the same machine can tell that a killed one is gone and need not wait for its leases
/// to expire.
/// </summary>
public static class LeaseHolder
{
    private const string Marker = ", process ";

    // Before Current, which is made of it.
    private static readonly string? Machine = ReadMachine();

    /// <summary>This process.</summary>
    public static string Current { get; } = Describe(Environment.ProcessId);

    /// <summary>Whether the holder is known to be gone; false where that cannot be known.</summary>
    public static bool IsGone(string holder)
    {
        if (Machine is null || !holder.Contains($"({Machine} ", StringComparison.Ordinal))
            return false;
        var from = holder.IndexOf(Marker, StringComparison.Ordinal) + Marker.Length;
        var until = holder.IndexOf(" (", StringComparison.Ordinal);
        return from >= Marker.Length
            && until > from
            && int.TryParse(holder.AsSpan(from, until - from), out var id)
            && Describe(id) != holder;
    }

    private static string Describe(int processId)
    {
        var who = $"{Environment.MachineName}{Marker}{processId}";
        return Machine is null ? who : $"{who} ({Machine} {StartOf(processId)})";
    }

    private static string StartOf(int processId)
    {
        try
        {
            // Field 22, the start in ticks since the boot; the second field is a name that may hold spaces and brackets.
            var stat = File.ReadAllText($"/proc/{processId}/stat");
            var afterName = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            // A zombie holds nothing any more.
            return afterName[0] is "Z" or "X" ? "ended" : afterName[19];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "ended";
        }
    }

    private static string? ReadMachine()
    {
        try
        {
            var boot = File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();
            return File.ResolveLinkTarget("/proc/self/ns/pid", returnFinalTarget: false) is { Name: var processes }
                ? $"{boot[..8]} {processes}"
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
