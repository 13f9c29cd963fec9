using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Rerank.Scorer.Models.Hub;

/// <summary>Which of the int8 files that are made for a kind of CPU are for this one.</summary>
internal static class CpuVariant
{
    private const int StructuredFeatures = 7;
    private const int VnniBit = 11;

    /// <summary>Names without their ending, the best first.</summary>
    internal static IReadOnlyList<string> Names { get; } = Of(
        arm64: AdvSimd.Arm64.IsSupported, avx2: Avx2.IsSupported, avx512: Avx512BW.IsSupported, vnni: HasVnni());

    internal static IReadOnlyList<string> Of(bool arm64, bool avx2, bool avx512, bool vnni)
    {
        if (arm64)
            return ["model_qint8_arm64"];
        var names = new List<string>();
        if (avx512 && vnni)
            names.Add("model_qint8_avx512_vnni");
        if (avx512)
            names.Add("model_qint8_avx512");
        if (avx2)
            names.AddRange(["model_quint8_avx2", "model_qint8_avx2"]);
        return names;
    }

    private static bool HasVnni() =>
        X86Base.IsSupported && X86Base.CpuId(0, 0).Eax >= StructuredFeatures && (X86Base.CpuId(StructuredFeatures, 0).Ecx & (1 << VnniBit)) != 0;
}
