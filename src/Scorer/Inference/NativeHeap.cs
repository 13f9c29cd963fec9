using System.Runtime.InteropServices;

namespace Rerank.Scorer.Inference;

/// <summary>
/// Keeps glibc from holding on to what ONNX Runtime has freed: by its own rule it soon takes even blocks of 32 MB from a heap a thread, where
/// one small block left behind keeps all below it resident. Measured with minilm-l6 in int8 over mixed lengths: 466 MB without, 106 with
/// (docs/models.md).
/// </summary>
internal static partial class NativeHeap
{
    private const int MmapThreshold = -3;
    private const int LargeBlock = 256 * 1024;

    /// <summary>Blocks of 256 KiB or more go back to the system as soon as they are freed, in the whole process from now on.</summary>
    internal static void ReturnLargeBlocks()
    {
        if (!OperatingSystem.IsLinux())
            return;
        try
        {
            _ = Mallopt(MmapThreshold, LargeBlock);
        }
        catch (EntryPointNotFoundException)
        {
            // musl, which does so by itself.
        }
        catch (DllNotFoundException)
        {
            // As above.
        }
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int Mallopt(int parameter, int value);
}
