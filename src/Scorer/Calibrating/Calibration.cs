using Microsoft.Extensions.Logging;
using Microsoft.ML.OnnxRuntime;
using Rerank.Scorer.Batching;
using Rerank.Scorer.Inference;
using Rerank.Scorer.Models;
using Rerank.Scorer.Tokenization;

namespace Rerank.Scorer.Calibrating;

/// <summary>Where a Scorer's cost model comes from, and where it goes at the end: the cache, or a few seconds of measuring.</summary>
internal sealed class Calibration(CalibrationCache cache, LoadedModel loaded, TimeProvider time, ILogger logger)
{
    // No pair is longer unless a job asks for it; the cost law goes on from there.
    private const int LongestLength = 512;

    /// <summary>What is known of this model on this device; measured now if nothing is.</summary>
    /// <param name="model">The model.</param>
    /// <param name="tokenizer">Its tokenizer.</param>
    /// <param name="bounds">Of passes.</param>
    /// <param name="limit">How long measuring may take; zero to do without.</param>
    /// <param name="cancellationToken">Ends the measuring.</param>
    internal CostModel Prepare(
        ModelFolder model, PairTokenizer tokenizer, BatcherOptions bounds, TimeSpan limit, CancellationToken cancellationToken)
    {
        if (cache.Find() is { } known)
        {
            Log.CalibrationFound(logger, cache.Path);
            return CostModel.Restore(known.Aged(), ShapeOf);
        }

        var cost = new CostModel(ShapeOf);
        if (limit <= TimeSpan.Zero)
            return cost;

        var started = time.GetTimestamp();
        var maxRows = bounds.OneRowAPass ? 1 : bounds.MaxPassRows;
        var longest = Math.Min(LongestLength, model.MaxPositions ?? LongestLength);
        var shapes = CostModel.CalibrationShapes(maxRows, bounds.MaxPassTokens, longest);
        try
        {
            var measured = new Calibrator(loaded.Encoder, tokenizer, loaded.Layout.Lanes, limit, time).Run(cost, shapes, cancellationToken);
            Log.Calibrated(logger, measured, time.GetElapsedTime(started).TotalSeconds);
            if (measured > 0)
                cache.Save(cost.Save());
        }
        catch (OnnxRuntimeException e)
        {
            // A shape that the runtime cannot run is no reason not to score pairs of another: what was measured before it holds.
            Log.CalibrationStopped(logger, RuntimeMessage.Of(e));
        }

        return cost;
    }

    /// <summary>Keeps what was learned since; nobody may be using the model any more.</summary>
    internal void Keep(CostModel cost) => cache.Save(cost.Save());

    private (int Rows, int Length) ShapeOf(int rows, int length)
    {
        var shape = loaded.Encoder.ShapeOf(rows, length);
        return (shape.Rows, shape.Length);
    }
}
