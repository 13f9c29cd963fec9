using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Rerank.Scorer.Inference.CoreML;
using Rerank.Scorer.Models;

namespace Rerank.Scorer.Inference;

/// <summary>Opens sessions of a model on a backend.</summary>
/// <param name="model">The folder.</param>
/// <param name="padTokenId">Fills short rows; the attention mask hides it.</param>
/// <param name="backend">What runs it.</param>
/// <param name="coreML">Of the backend CoreML; null elsewhere.</param>
internal sealed class SessionFactory(ModelFolder model, int padTokenId, Backend backend, CoreMLSettings? coreML = null)
{
    private const int FirstDevice = 0;

    private readonly Lazy<InputDimensions> _dimensions = new(() => InputDimensions.Of(model.OnnxPath));

    /// <summary>A session for passes of any shape.</summary>
    /// <exception cref="OnnxRuntimeException">The runtime refuses the graph, or the backend finds no device.</exception>
    internal CrossEncoder Open()
    {
        using var options = Options();
        AppendProvider(options, shape: null);
        return CrossEncoder.Load(model, padTokenId, options);
    }

    /// <summary>A session for passes of one shape.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="profilePrefix">Where the runtime is to write a profile of it; null for none.</param>
    /// <exception cref="ModelException">The graph's inputs cannot be given a shape, or the runtime refuses it.</exception>
    internal CrossEncoder Open(PassShape shape, string? profilePrefix = null)
    {
        using var options = Options();
        foreach (var name in _dimensions.Value.Rows)
            options.AddFreeDimensionOverrideByName(name, shape.Rows);
        foreach (var name in _dimensions.Value.Length)
            options.AddFreeDimensionOverrideByName(name, shape.Length);
        // Under static shapes the fused operator is slower: 1.1 times the time of a pass of MiniLM-L6 on a CPU.
        options.AddSessionConfigEntry("optimization.disable_specified_optimizers", "SkipLayerNormFusion");
        if (profilePrefix is not null)
        {
            options.ProfileOutputPathPrefix = profilePrefix;
            options.EnableProfiling = true;
        }

        try
        {
            AppendProvider(options, shape);
            return CrossEncoder.Load(model, padTokenId, options);
        }
        catch (OnnxRuntimeException e)
        {
            throw new ModelException($"{model.OnnxPath} cannot be run on {Backends.NameOf(backend)} in the shape {shape}: {RuntimeMessage.Of(e)}", e);
        }
    }

    private static SessionOptions Options()
    {
        NativeHeap.ReturnLargeBlocks();
        var options = new SessionOptions
        {
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            // Memory patterns are planned for a shape, and here hardly two passes share one.
            EnableMemoryPattern = false,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        // Its kernels keep gigabytes of packed weights on macOS (2,189 MB instead of 216 for a small model: onnxruntime#29538).
        if (OperatingSystem.IsMacOS() && RuntimeInformation.ProcessArchitecture == Architecture.Arm64)
            options.AddSessionConfigEntry("mlas.disable_kleidiai", "1");
        return options;
    }

    private void AppendProvider(SessionOptions options, PassShape? shape)
    {
        switch (backend)
        {
            case Backend.CoreML:
                Directory.CreateDirectory(coreML!.CompiledFolder(model.Hash, shape));
                options.AppendExecutionProvider("CoreML", coreML.ProviderOptions(model.Hash, shape));
                break;
            case Backend.WebGpu:
                options.AppendExecutionProvider("WebGPU", []);
                break;
            case Backend.Cuda:
                AppendCuda(options);
                break;
        }
    }

    private static void AppendCuda(SessionOptions options)
    {
        try
        {
            options.AppendExecutionProvider_CUDA(FirstDevice);
        }
        catch (EntryPointNotFoundException e)
        {
            throw new ModelException($"{RuntimeLibrary.Description} is no GPU build: {e.Message}", e);
        }
    }
}
