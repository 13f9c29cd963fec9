using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Rerank.Cli.Diagnosis;

/// <summary>The runtime, the processor and the memory.</summary>
internal static class Machine
{
    private const long LeastMemory = 1L << 30;

    internal static Finding Runtime() => Finding.Ok(".NET", $"{RuntimeInformation.FrameworkDescription} on {RuntimeInformation.OSDescription.Trim()}");

    internal static Finding Processor()
    {
        var cores = Environment.ProcessorCount;
        var architecture = RuntimeInformation.ProcessArchitecture;
        var found = string.Join(", ", Features().Where(feature => feature.Supported).Select(feature => feature.Name));
        var text = $"{architecture}, {cores} core{(cores == 1 ? "" : "s")}, {(found.Length == 0 ? "no vector extensions that matter" : found)}";
        return architecture switch
        {
            Architecture.X64 when !Avx2.IsSupported =>
                Finding.Warning("processor", text, "Without AVX2 the models run several times slower; use a newer machine for large jobs."),
            Architecture.X64 or Architecture.Arm64 => Finding.Ok("processor", text),
            _ => Finding.Problem("processor", text, "ONNX Runtime's package is for x64 and arm64 only; use such a machine."),
        };
    }

    internal static Finding Memory()
    {
        // The limit of a container, where there is one.
        var bytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        var text = $"{ByteCount.Text(bytes)} available to this process";
        return bytes >= LeastMemory
            ? Finding.Ok("memory", text)
            : Finding.Warning("memory", text, $"A cross-encoder of usual size wants {ByteCount.Text(LeastMemory)}; raise the container's limit.");
    }

    private static (string Name, bool Supported)[] Features() =>
    [
        ("AVX2", Avx2.IsSupported),
        ("AVX-512", Avx512F.IsSupported),
        ("VNNI", AvxVnni.IsSupported || HasAvx512Vnni()),
        ("AMX", HasAmxInt8()),
        ("dot product", Dp.IsSupported),
    ];

    // CPUID leaf 7, EDX bit 25: AMX-INT8.
    private static bool HasAmxInt8() => X86Base.IsSupported && (X86Base.CpuId(7, 0).Edx & (1 << 25)) != 0;

    // CPUID leaf 7, ECX bit 11: AVX512_VNNI, which has no class of intrinsics of its own.
    private static bool HasAvx512Vnni() => X86Base.IsSupported && (X86Base.CpuId(7, 0).Ecx & (1 << 11)) != 0;
}
