using System.Globalization;

namespace Rerank.Scorer.Inference;

/// <summary>Reads what the tools of the makers print.</summary>
internal static class DeviceReport
{
    private const double Mebibyte = 1024 * 1024;

    /// <summary>
    /// <c>nvidia-smi --query-gpu=memory.used,utilization.gpu --format=csv,noheader,nounits</c>: a line a device, MiB and per cent; the first
    /// counts. What a device does not tell is <c>[N/A]</c> or <c>[Not Supported]</c>.
    /// </summary>
    internal static DeviceReading OfNvidiaSmi(string text)
    {
        var fields = text.Split('\n', 2)[0].Split(',', StringSplitOptions.TrimEntries);
        return fields.Length == 2 ? new DeviceReading(Number(fields[0]), Number(fields[1])) : DeviceReading.None;
    }

    /// <summary>
    /// <c>ioreg -r -d 1 -w 0 -c IOAccelerator</c>: the dictionary <c>PerformanceStatistics</c> of a device, whose members differ between
    /// makers. On Apple silicon: <c>"In use system memory"</c> in bytes and <c>"Device Utilization %"</c>.
    /// </summary>
    internal static DeviceReading OfIoreg(string text)
    {
        var start = text.IndexOf("\"PerformanceStatistics\"", StringComparison.Ordinal);
        var end = start < 0 ? -1 : text.IndexOf('}', start);
        if (end < 0)
            return DeviceReading.None;
        var statistics = text[start..end];
        return new DeviceReading(
            Member(statistics, "In use system memory") is { } bytes ? bytes / Mebibyte : null,
            Member(statistics, "Device Utilization %"));
    }

    private static double? Member(string statistics, string name)
    {
        var start = statistics.IndexOf($"\"{name}\"=", StringComparison.Ordinal);
        if (start < 0)
            return null;
        var value = statistics.AsSpan(start + name.Length + 3);
        var end = value.IndexOfAnyExceptInRange('0', '9');
        return Number(end < 0 ? value : value[..end]);
    }

    private static double? Number(ReadOnlySpan<char> text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;
}
