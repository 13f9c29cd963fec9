using System.Runtime.InteropServices;

namespace Rerank.Scorer.Inference;

/// <summary>Name of the processor, for the <c>device</c> column.</summary>
public static class DeviceName
{
    public static string OfCpu()
    {
        const string CpuInfo = "/proc/cpuinfo";
        var model = File.Exists(CpuInfo)
            ? File.ReadLines(CpuInfo).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return model?.Split(':', 2)[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
