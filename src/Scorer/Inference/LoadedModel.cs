using Microsoft.Extensions.Logging;
using Microsoft.ML.OnnxRuntime;
using Rerank.Scorer.Inference.CoreML;
using Rerank.Scorer.Models;
using Rerank.Scorer.Models.Rewriting;
using Rerank.Scorer.Tokenization;

namespace Rerank.Scorer.Inference;

/// <summary>A model on the backend that was chosen or found, ready for its lanes.</summary>
/// <param name="Backend">What runs it.</param>
/// <param name="Layout">Lanes and sessions.</param>
/// <param name="Shapes">Dynamic or bucketed.</param>
/// <param name="Buckets">The static shapes; null where they are dynamic.</param>
/// <param name="Encoder">What the lanes call.</param>
internal sealed record LoadedModel(Backend Backend, LaneLayout Layout, ShapeMode Shapes, ShapeBuckets? Buckets, IEncoder Encoder) : IDisposable
{
    private const int CpuBucketTokens = 512;
    // A guess: no such device was at hand. Larger passes keep a device busy, and each shape costs a compilation.
    private const int DeviceBucketTokens = 2048;

    /// <summary>How passes become tensors, in words that differ wherever that does.</summary>
    internal string ShapeText => Buckets is null ? $"{Shapes}" : $"{Shapes}, {Buckets}";

    /// <summary>Loads a model on the named backend; for <c>auto</c> on the first that works, and the log says why not the others.</summary>
    /// <exception cref="ModelException">The runtime refuses the graph, or the backend does not work here.</exception>
    internal static LoadedModel Load(ModelFolder model, PairTokenizer tokenizer, BackendChoice choice, ILogger logger)
    {
        var here = Backends.Here();
        var candidates = Backends.Candidates(choice.Name);
        foreach (var backend in candidates)
        {
            var name = Backends.NameOf(backend);
            var status = here.First(status => status.Name == name);
            if (candidates.Count > 1 && !status.Available)
            {
                Log.BackendPassedOver(logger, name, status.Reason);
                continue;
            }

            try
            {
                return Load(model, tokenizer, backend, choice, logger);
            }
            catch (ModelException e) when (backend != candidates[^1])
            {
                Log.BackendPassedOver(logger, name, e.Message);
            }
        }

        throw new ModelException($"There is no backend '{choice.Name}'.");
    }

    public void Dispose() => Encoder.Dispose();

    private static LoadedModel Load(
        ModelFolder model, PairTokenizer tokenizer, Backend backend, BackendChoice choice, ILogger logger)
    {
        var shapes = choice.Shapes != ShapeMode.Auto ? choice.Shapes : backend == Backend.CoreML ? ShapeMode.Bucketed : ShapeMode.Dynamic;
        if (shapes == ShapeMode.Bucketed && model.NeedsPassesOfOneRow)
        {
            throw new ModelException(
                $"The scores of {model.Identity} depend on padding (its int8 scales span the pass), and static shapes pad. "
                + "Use a model of 'rerank model quantize', or the backend cpu with Scorer__Shapes=Dynamic.");
        }

        var factory = new SessionFactory(model, tokenizer.PadTokenId, backend, choice.CoreML);
        var buckets = new ShapeBuckets(BucketTokens(backend, choice.BucketTokens), model.MaxPositions);
        if (backend == Backend.CoreML)
            Probe(model, tokenizer, factory, buckets, choice.Name, logger);

        var layout = LaneLayout.For(backend, choice.Lanes, Environment.ProcessorCount);
        return shapes == ShapeMode.Bucketed
            ? new LoadedModel(backend, layout, shapes, buckets, Bucketed(factory, buckets, layout))
            : new LoadedModel(backend, layout, shapes, Buckets: null, new DynamicEncoder(OpenAll(model, factory, backend, layout.Sessions)));
    }

    private static int BucketTokens(Backend backend, int asked) =>
        asked != 0 ? asked : backend == Backend.Cpu ? CpuBucketTokens : DeviceBucketTokens;

    private static BucketedEncoder Bucketed(SessionFactory factory, ShapeBuckets buckets, LaneLayout layout)
    {
        // One is opened now, so that a model that does not fit is refused at start.
        factory.Open(buckets.Full(1)).Dispose();
        return new BucketedEncoder(buckets, layout.Sessions, shape => factory.Open(shape));
    }

    private static CrossEncoder[] OpenAll(ModelFolder model, SessionFactory factory, Backend backend, int sessions)
    {
        var opened = new List<CrossEncoder>(sessions);
        try
        {
            for (var i = 0; i < sessions; i++)
                opened.Add(factory.Open());
            return [.. opened];
        }
        catch (OnnxRuntimeException e)
        {
            opened.ForEach(encoder => encoder.Dispose());
            throw new ModelException(backend == Backend.Cpu
                ? $"ONNX Runtime refuses {model.OnnxPath}: {RuntimeMessage.Of(e)} Fetch it again; or export it again, with an opset that this version knows."
                : $"{Backends.NameOf(backend)} does not start: {RuntimeMessage.Of(e)} Its driver or device is missing, or it does not take {model.OnnxPath}.",
                e);
        }
    }

    private static void Probe(
        ModelFolder model, PairTokenizer tokenizer, SessionFactory coreML, ShapeBuckets buckets, string asked, ILogger logger)
    {
        var pairs = ProbePairs.Of(tokenizer);
        var shape = buckets.Full(pairs.Max(pair => pair.InputIds.Length));
        var cpu = new SessionFactory(model, tokenizer.PadTokenId, Backend.Cpu);
        var verdict = CoreMLVerdict.Of(CoreMLProbe.Measure(coreML, cpu, Backends.ProviderOf(Backend.CoreML), pairs, shape));
        if (!verdict.Usable || (asked == Backends.Auto && !verdict.Faster))
            throw new ModelException($"CoreML is not used for {model.Identity}: {verdict.Reason}");
        Log.Probed(logger, Backends.CoreML, verdict.Faster ? "faster than the CPU" : "slower than the CPU", verdict.Reason);
    }
}
