using System.Reflection;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using NATS.Client.Core;
using Rerank.Cli.Reports.Recording;
using Rerank.Scorer.Inference;
using Rerank.Shared;

namespace Rerank.Cli.Bench;

/// <summary>Where a bench runs, and what of.</summary>
internal static class BenchMachine
{
    private static readonly string[] VersionParts = ToolVersion.Text.Split('+', 2);

    internal static string Version => VersionParts[0];

    /// <summary>Null for a build outside a checkout.</summary>
    internal static string? Commit => VersionParts.ElementAtOrDefault(1)?[..12];

    internal static HostRecord Host() => new(
        DeviceName.OfCpu(),
        Environment.ProcessorCount,
        GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 20,
        RuntimeInformation.OSDescription.Trim(),
        $"{RuntimeInformation.ProcessArchitecture}",
        RuntimeInformation.FrameworkDescription);

    internal static IReadOnlyDictionary<string, string> Packages() => new Dictionary<string, string>
    {
        ["Microsoft.ML.OnnxRuntime"] = VersionOf(typeof(InferenceSession)),
        ["NATS.Client.Core"] = VersionOf(typeof(NatsConnection)),
    };

    private static string VersionOf(Type type) =>
        type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0]
        ?? $"{type.Assembly.GetName().Version}";
}
