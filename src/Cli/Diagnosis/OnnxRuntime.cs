using Microsoft.ML.OnnxRuntime;

namespace Rerank.Cli.Diagnosis;

/// <summary>ONNX Runtime's native library, and what it can run a model on.</summary>
internal static class OnnxRuntime
{
    private const string Subject = "ONNX Runtime";

    internal static Finding Providers()
    {
        try
        {
            var environment = OrtEnv.Instance();
            var providers = environment.GetAvailableProviders().Select(provider => provider.Replace("ExecutionProvider", "", StringComparison.Ordinal));
            return Finding.Ok(Subject, $"{environment.GetVersionString()}, providers: {string.Join(", ", providers)}");
        }
        catch (Exception e) when (e is TypeInitializationException or DllNotFoundException or OnnxRuntimeException)
        {
            return Finding.Problem(
                Subject,
                $"the native library does not load: {(e.InnerException ?? e).Message}",
                "It needs glibc 2.28 or newer and libstdc++ (not musl: no Alpine), or macOS on arm64.");
        }
    }
}
