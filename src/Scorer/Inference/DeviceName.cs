using System.Runtime.InteropServices;
using Rerank.Scorer.Inference.CoreML;

namespace Rerank.Scorer.Inference;

/// <summary>What a backend computes on, for the <c>device</c> column.</summary>
public static class DeviceName
{
    internal static string Of(Backend backend, CoreMLSettings coreML) => backend switch
    {
        Backend.Cpu => OfCpu(),
        // The processor, the GPU and the Neural Engine are one chip; which of them it was, CoreML does not say.
        Backend.CoreML => $"{OfCpu()} ({coreML.ComputeUnits}, {coreML.Format})",
        _ => "unknown",
    };

    public static string OfCpu()
    {
        const string CpuInfo = "/proc/cpuinfo";
        var model = File.Exists(CpuInfo)
            ? File.ReadLines(CpuInfo).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return model?.Split(':', 2)[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
