using Microsoft.Extensions.Logging;
using Microsoft.ML.OnnxRuntime;
using Rerank.Scorer.Inference;
using Rerank.Scorer.Models;
using Rerank.Scorer.Tokenization;
using Rerank.Shared.Hosting;

namespace Rerank.Scorer.Gate;

/// <summary>
/// Compares, once a Scorer starts, its tokenizer with that of Microsoft.ML.Tokenizers, the scores of its model on its backend with those of
/// plain fp32 on the CPU, and those of pairs alone with those of pairs in a pass. Scores are measured once a model, backend, kind of shapes,
/// runtime and machine; then remembered.
/// </summary>
/// <param name="mode">What follows.</param>
/// <param name="cacheFolder">Where measurements are kept.</param>
/// <param name="logger">For the outcome.</param>
internal sealed class StartGate(GateMode mode, string cacheFolder, ILogger logger)
{
    private const int RowsOfAPass = 4;
    private const string Switch = "Scorer__Gate=Off turns this comparison off.";

    private readonly GateCache _cache = new(cacheFolder);

    /// <summary>Says what was found; returns if the Scorer may go on.</summary>
    /// <param name="subject">What is looked at.</param>
    /// <param name="score">Scores the pairs of one pass on its backend.</param>
    /// <param name="cancellationToken">Ends it between two passes.</param>
    /// <exception cref="StageFailedException">The mode is to refuse, and the model failed or could not be compared.</exception>
    internal void Check(GateSubject subject, Func<IReadOnlyList<TokenizedPair>, float[]> score, CancellationToken cancellationToken)
    {
        if (mode == GateMode.Off)
            return;
        CheckTokenizer(subject);
        if (subject.Model.Precision == FullPrecision.Name && subject.Backend == Backends.Cpu)
        {
            Log.GateNothingToCompare(logger, subject.Model.Identity, subject.Backend);
            return;
        }

        try
        {
            var reference = FullPrecision.Of(subject.Model);
            var measurement = MeasureOnce(subject, reference, score, cancellationToken);
            Judge(subject.Model, subject.Backend, reference, measurement);
        }
        catch (Exception e) when (e is OnnxRuntimeException or TokenizerException)
        {
            Fail($"Start gate: {subject.Model.Identity} on {subject.Backend} could not score the sample pairs: {e.Message}");
        }
    }

    private void CheckTokenizer(GateSubject subject)
    {
        var check = TokenizerCheck.Of(subject.Tokenizer, subject.Model.TokenizerFolder);
        if (check.Different > 0)
            Fail($"Start gate: the tokenizer of {subject.Model.Identity}: {check}. Do not trust its scores, and please report it. {Switch}");
        else
            Log.TokenizerChecked(logger, subject.Model.Identity, check.ToString());
    }

    private GateMeasurement MeasureOnce(
        GateSubject subject, ModelFolder? reference, Func<IReadOnlyList<TokenizedPair>, float[]> score, CancellationToken cancellationToken)
    {
        var model = subject.Model;
        var key = GateCache.KeyOf(
            model.Hash,
            reference?.Hash ?? "",
            subject.Backend,
            model.Precision,
            subject.Device,
            subject.Shapes,
            Environment.MachineName,
            OrtEnv.Instance().GetVersionString());
        if (_cache.Find(key) is { } known)
            return known;

        // The reference first: its weights are gone again before the passes of the other take memory.
        var expected = reference is null ? null : Reference(reference, cancellationToken);
        var pairs = GatePairs.Encode(subject.Tokenizer, model.MaxPositions);
        var alone = Score(pairs, 1, score, cancellationToken);
        var together = model.NeedsPassesOfOneRow ? null : Score(pairs, RowsOfAPass, score, cancellationToken);
        var measured = GateMeasurement.Of(alone, together, expected);
        _cache.Keep(key, measured);
        return measured;
    }

    private void Judge(ModelFolder model, string backend, ModelFolder? reference, GateMeasurement measurement)
    {
        var limits = GateLimits.For(model.Precision, backend);
        if (measurement.Problems(limits).ToArray() is { Length: > 0 } problems)
            Fail($"Start gate: {model.Identity} on {backend}: {string.Join("; ", problems)}. Do not trust its scores. {Switch}");
        else if (reference is null)
            Fail($"Start gate: {model.Identity} on {backend} is not checked: no fp32 file; {FullPrecision.Advice(model)}. {Switch}");
        else
            Log.GatePassed(logger, model.Identity, backend, Findings(measurement, limits));
    }

    private static string Findings(GateMeasurement measurement, GateLimits limits)
    {
        var batch = measurement.BatchDelta is { } delta ? $"{delta:0.#######} between alone and in a pass" : "pairs run alone";
        return $"{GatePairs.Texts.Count} sample pairs differ from fp32 on the CPU by at most {measurement.Delta:0.#####} standard deviations "
            + $"({limits.Delta} is allowed), correlation {measurement.Pearson?.ToString("0.######") ?? "not defined"}; {batch}";
    }

    private static float[] Reference(ModelFolder reference, CancellationToken cancellationToken)
    {
        var tokenizer = PairTokenizer.Load(reference.TokenizerFolder);
        var pairs = GatePairs.Encode(tokenizer, reference.MaxPositions);
        using var encoder = CrossEncoder.LoadForCpu(reference, tokenizer.PadTokenId);
        var buffers = new PassBuffers();
        return Score(pairs, 1, pass => encoder.Run(pass, pass.Max(pair => pair.InputIds.Length), buffers).ToArray(), cancellationToken);
    }

    private static float[] Score(
        TokenizedPair[] pairs, int rows, Func<IReadOnlyList<TokenizedPair>, float[]> score, CancellationToken cancellationToken)
    {
        var scores = new List<float>();
        foreach (var pass in pairs.Chunk(rows))
        {
            cancellationToken.ThrowIfCancellationRequested();
            scores.AddRange(score(pass));
        }

        return [.. scores];
    }

    private void Fail(string problem)
    {
        if (mode == GateMode.Refuse)
            throw new StageFailedException(ExitCode.WrongUsage, problem);
        Log.GateFailed(logger, problem);
    }
}
