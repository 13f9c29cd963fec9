using Microsoft.ML.OnnxRuntime;
using Rerank.Scorer.Models;

namespace Rerank.Scorer.Inference;

/// <summary>Backends by name. One that is not available is refused at start; it never silently becomes another.</summary>
public static class Backends
{
    public const string Auto = "auto";
    public const string Cpu = "cpu";
    public const string CoreML = "coreml";
    public const string WebGpu = "webgpu";
    public const string Cuda = "cuda";

    // Of the library that npm's onnxruntime-node ships for Linux; what other builds are called is not ours to say.
    private const string WebGpuLibrary =
        "name one that has it with Scorer__RuntimeLibrary, on Linux such as the libonnxruntime.so.1 of npm's onnxruntime-node.";

    private static readonly (Backend Backend, string Name, string Provider, string Missing)[] Known =
    [
        (Backend.Cpu, Cpu, "CPUExecutionProvider", "the library is damaged; install it again."),
        (Backend.CoreML, CoreML, "CoreMLExecutionProvider", "only the library for macOS on arm64 has it; run there, or choose another backend."),
        (Backend.WebGpu, WebGpu, "WebGpuExecutionProvider", WebGpuLibrary),
        (Backend.Cuda, Cuda, "CUDAExecutionProvider", "name the libonnxruntime.so of a GPU build with Scorer__RuntimeLibrary."),
    ];

    /// <summary>Each backend, with what the loaded library says of it. The first use loads the library.</summary>
    /// <exception cref="ModelException">The library does not load.</exception>
    public static IReadOnlyList<BackendStatus> Here()
    {
        try
        {
            return Of(RuntimeLibrary.Providers, RuntimeLibrary.Description);
        }
        catch (Exception e) when (e is TypeInitializationException or DllNotFoundException or OnnxRuntimeException)
        {
            throw new ModelException(
                $"ONNX Runtime's native library does not load: {(e.InnerException ?? e).Message} It needs glibc 2.28 or newer and libstdc++ "
                + "(not musl: no Alpine), or macOS on arm64.",
                e);
        }
    }

    /// <summary>Why the name cannot be used here, or null if it can.</summary>
    public static string? Refusal(string name)
    {
        try
        {
            return Refusal(name, Here());
        }
        catch (ModelException e)
        {
            return e.Message;
        }
    }

    internal static string? Refusal(string name, IReadOnlyList<BackendStatus> here)
    {
        if (name == Auto)
            return null;
        var available = string.Join(", ", here.Where(status => status.Available).Select(status => status.Name).Prepend(Auto));
        return here.FirstOrDefault(status => status.Name == name) switch
        {
            { Available: true } => null,
            { Reason: var reason } => $"{reason} Available here: {available}.",
            null => $"there is no such backend. Available here: {available}.",
        };
    }

    /// <summary>What a library with these providers can run.</summary>
    internal static IReadOnlyList<BackendStatus> Of(IReadOnlyCollection<string> providers, string library) =>
    [
        .. Known.Select(known =>
        {
            var available = providers.Contains(known.Provider);
            var layout = LaneLayout.For(known.Backend, asked: 0, Environment.ProcessorCount);
            var reason = available ? $"in {library}" : $"{library} was built without it: {known.Missing}";
            return new BackendStatus(known.Name, available, $"{layout}", reason);
        }),
    ];

    internal static string NameOf(Backend backend) => Known.First(known => known.Backend == backend).Name;

    internal static string ProviderOf(Backend backend) => Known.First(known => known.Backend == backend).Provider;

    /// <summary>The backends to try for a name, in order.</summary>
    internal static IReadOnlyList<Backend> Candidates(string name) => name == Auto
        // WebGPU is never taken by itself: it cannot be told here whether it runs on a GPU or on a slow software driver.
        ? [Backend.Cuda, Backend.CoreML, Backend.Cpu]
        : [.. Known.Where(known => known.Name == name).Select(known => known.Backend)];
}
