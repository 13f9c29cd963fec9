using System.Reflection;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace Rerank.Scorer.Inference;

/// <summary>
/// The native ONNX Runtime library of this process: the packaged one, or one that the user named because it carries other backends. It is
/// chosen once, before the first use.
/// </summary>
public static class RuntimeLibrary
{
    // The C API only grows. Checked of this version: its table of functions holds all that the managed API asks for.
    private const int OldestMinor = 30;
    private static readonly Lock Gate = new();
    private static string? _path;
    private static string _version = "";

    /// <summary>Version of the managed API, to which the packaged library belongs.</summary>
    internal static Version ManagedVersion { get; } = VersionOf(
        typeof(OrtEnv).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion) ?? new Version(1, 31);

    /// <summary>Such as <c>ONNX Runtime 1.31.1</c>, with the path of one that is not packaged.</summary>
    public static string Description => _path is null ? $"ONNX Runtime {ManagedVersion}" : $"ONNX Runtime {_version} ({_path})";

    /// <summary>Execution providers that the library was built with. The first use loads it.</summary>
    public static IReadOnlyList<string> Providers
    {
        get
        {
            var environment = OrtEnv.Instance();
            // What it would print comes as an exception too.
            environment.EnvLogLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL;
            return environment.GetAvailableProviders();
        }
    }

    /// <summary>Chooses the library.</summary>
    /// <param name="path">File of a native library; null or empty leaves the choice as it is.</param>
    /// <returns>Why it cannot be used, in words for a person; null if it is in use now.</returns>
    public static string? Use(string? path)
    {
        if (string.IsNullOrEmpty(path))
            return null;
        var full = Path.GetFullPath(path);
        lock (Gate)
        {
            if (_path == full)
                return null;
            if (!File.Exists(full))
                return $"there is no such file ({full}); name the native library itself, such as libonnxruntime.so.";
            if (_path is not null || OrtEnv.IsCreated)
                return $"this process has loaded {Description} already; choose the library before the first use.";
            return Load(full);
        }
    }

    private static string? Load(string path)
    {
        if (!NativeLibrary.TryLoad(path, out var handle))
            return "the system cannot load it: it is no native library, one for another system, or one whose own libraries are missing.";
        if (!NativeLibrary.TryGetExport(handle, "OrtGetApiBase", out var getApiBase))
            return "it is no ONNX Runtime library: OrtGetApiBase is not in it.";

        var api = new ApiBase(getApiBase);
        var version = VersionOf(api.Version);
        if (version is null || version.Major != ManagedVersion.Major || version.Minor < OldestMinor)
            return $"it is ONNX Runtime {api.Version}; this build works with {ManagedVersion.Major}.{OldestMinor} and newer.";
        if (version.Minor < ManagedVersion.Minor && !api.TryOfferForNewer((uint)version.Minor))
            return $"it is ONNX Runtime {api.Version}, and on this system only {ManagedVersion.Major}.{ManagedVersion.Minor} and newer work.";

        _path = path;
        _version = api.Version;
        OrtEnv.DisableDllImportResolver = true;
        NativeLibrary.SetDllImportResolver(typeof(OrtEnv).Assembly, (name, _, _) => name == "onnxruntime" ? handle : 0);
        return null;
    }

    private static Version? VersionOf(string? text) => Version.TryParse(text?.Split('+', '-')[0], out var version) ? version : null;
}
