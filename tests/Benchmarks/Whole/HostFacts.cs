using System.Globalization;
using System.Runtime.InteropServices;
using Rerank.Scorer.Inference;
using Rerank.TestKit;

namespace Rerank.Benchmarks.Whole;

/// <summary>The machine, the versions and the commit of a measurement, as lines of Markdown.</summary>
internal static class HostFacts
{
    internal static IEnumerable<string> Lines()
    {
        yield return $"- host: {DeviceName.OfCpu()}, {Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}, "
            + $"{RuntimeInformation.OSArchitecture}";
        yield return $"- versions: {RuntimeInformation.FrameworkDescription}, {RuntimeLibrary.Description}, "
            + CommandText.Of("nats-server", "--version") + (TransformersJs.Versions() is { } peer ? $"; {peer}" : "");
        yield return $"- commit: {Commit()}; {TimeProvider.System.GetUtcNow():yyyy-MM-dd HH:mm} UTC";
    }

    /// <summary>Processes that ran or waited to, over the last minute; null where the system does not say.</summary>
    internal static double? Load() => File.Exists("/proc/loadavg")
        ? double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture)
        : null;

    /// <summary>The same as a line, at the end of a measurement that began with <paramref name="before"/>.</summary>
    internal static string LoadLine(double? before) =>
        $"- load of the machine (runnable processes over a minute): {before:F1} before, {Load():F1} at the end, this benchmark's own included";

    private static string Commit()
    {
        var changes = CommandText.Of("git", "-C", Repository.Root, "status", "--porcelain", "--untracked-files=no");
        return CommandText.Of("git", "-C", Repository.Root, "rev-parse", "--short", "HEAD") + (changes.Length > 0 ? " with changes" : "");
    }
}
