using System.Reflection;
using System.Runtime.InteropServices;

namespace Rerank.Scorer.Inference;

/// <summary>The entry of a native ONNX Runtime library: two pointers, to <c>GetApi(version)</c> and to <c>GetVersionString()</c>.</summary>
internal sealed class ApiBase
{
    private const int ReadOnly = 1;
    private const int ReadWrite = 3;

    private static GetApi? _getApi;
    private static uint _newest;

    private readonly nint _entry;

    internal ApiBase(nint getApiBase)
    {
        _entry = Marshal.GetDelegateForFunctionPointer<GetPointer>(getApiBase)();
        var version = Marshal.GetDelegateForFunctionPointer<GetPointer>(Marshal.ReadIntPtr(_entry, nint.Size))();
        Version = Marshal.PtrToStringUTF8(version) ?? "";
    }

    /// <summary>Such as <c>1.30.0</c>.</summary>
    internal string Version { get; }

    /// <summary>
    /// Lets the library answer a request for a newer API with its own newest one. An older table of functions is a prefix of a newer one,
    /// so that this is sound as long as nothing beyond it is called. The entry is constant data: its page is made writable for the change.
    /// </summary>
    /// <returns>False where that cannot be done.</returns>
    internal bool TryOfferForNewer(uint own)
    {
        if (!OperatingSystem.IsLinux())
            return false;
        _getApi = Marshal.GetDelegateForFunctionPointer<GetApi>(Marshal.ReadIntPtr(_entry));
        _newest = own;
        // Of a method, not of a delegate: the managed API would get that very delegate back, and it expects one of its own type.
        var offer = typeof(ApiBase).GetMethod(nameof(Offer), BindingFlags.NonPublic | BindingFlags.Static)!.MethodHandle.GetFunctionPointer();

        var page = _entry & ~(nint)(Environment.SystemPageSize - 1);
        if (Protect(page, ReadWrite) != 0)
            return false;
        Marshal.WriteIntPtr(_entry, offer);
        return Protect(page, ReadOnly) == 0;
    }

    [UnmanagedCallersOnly]
    private static nint Offer(uint version) => _getApi!(Math.Min(version, _newest));

    private static int Protect(nint page, int access) => mprotect(page, (nuint)Environment.SystemPageSize, access);

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int mprotect(nint address, nuint length, int protection);

    [UnmanagedFunctionPointer(CallingConvention.Winapi)]
    private delegate nint GetPointer();

    [UnmanagedFunctionPointer(CallingConvention.Winapi)]
    private delegate nint GetApi(uint version);
}
