using Rerank.Scorer.Batching;
using Rerank.Scorer.Inference;
using Rerank.Shared.Contracts;
using Rerank.Shared.Telemetry;

namespace Rerank.Scorer.Publishing;

/// <summary>Measures passes and their pairs, and traces the few that are to be. Allocates nothing a pair.</summary>
internal static class PassMetrics
{
    /// <summary>A pass has ended well.</summary>
    internal static void OnScored(PassResult result)
    {
        var pairs = result.Pass.Pairs;
        var isListenedTo = Instruments.QueueDuration.Enabled || Instruments.TokenizationDuration.Enabled;
        for (var i = 0; i < pairs.Count; i++)
        {
            var pair = pairs[i];
            if (isListenedTo)
            {
                Instruments.QueueDuration.Record(Seconds(pair.QueuedUs, pair.ReceivedUs) + Seconds(pair.ReadyUs, result.StartedUs));
                Instruments.TokenizationDuration.Record(Seconds(pair.ReceivedUs, pair.ReadyUs));
            }

            if (pair.Trace is { } trace)
                Trace(trace, pair, result);
        }

        var computed = (long)result.Shape.Rows * result.Shape.Length;
        Instruments.ScoredPairs.Add(pairs.Count);
        Instruments.ScoredTokens.Add(result.TokensReal);
        Instruments.PaddingTokens.Add(computed - result.TokensReal);
        Instruments.NextBatchSize.Record(pairs.Count);
        Instruments.NextBatchTokens.Record((int)computed);
        Instruments.InferenceDuration.Record(result.InferenceMs / 1000);
        if (double.IsFinite(result.Pass.PredictedMs))
            Instruments.PredictedDuration.Record(result.Pass.PredictedMs / 1000);
    }

    /// <summary>The broker has stored the scores of these rows.</summary>
    internal static void OnPublished(IReadOnlyList<ScoredRow> rows, IReadOnlyList<(string Context, long ScoredUs)> traces, long nowUs)
    {
        if (Instruments.RequestDuration.Enabled)
        {
            for (var i = 0; i < rows.Count; i++)
                Instruments.RequestDuration.Record(Seconds(rows[i].QueuedUs, nowUs));
        }

        foreach (var (context, scoredUs) in traces)
            PairTraces.Add(context, TelemetryNames.PublishSpan, scoredUs, nowUs);
    }

    private static void Trace(string trace, ReadyPair pair, PassResult result)
    {
        PairTraces.Add(trace, TelemetryNames.BrokerSpan, pair.QueuedUs, pair.ReceivedUs);
        PairTraces.Add(trace, TelemetryNames.TokenizeSpan, pair.ReceivedUs, pair.ReadyUs);
        PairTraces.Add(trace, TelemetryNames.WindowSpan, pair.ReadyUs, result.StartedUs);
        PairTraces.Add(trace, TelemetryNames.InferenceSpan, result.StartedUs, result.EndedUs, result.Pass.Pairs.Count);
    }

    // Of two machines' clocks the later may read less.
    private static double Seconds(long fromUs, long toUs) => Math.Max(0, toUs - fromUs) / 1e6;
}
