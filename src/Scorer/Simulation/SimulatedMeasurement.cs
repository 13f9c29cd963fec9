using Rerank.Shared.Contracts;

namespace Rerank.Scorer.Simulation;

/// <summary>A simulation as the tables have it.</summary>
/// <param name="Answers">By the time of the answer.</param>
/// <param name="Batches">A pass each, without rows: no score was computed. With the moment at which its scores were durable, unix microseconds.</param>
public sealed record SimulatedMeasurement(IReadOnlyList<SimulatedAnswer> Answers, IReadOnlyList<(ScoredBatch Batch, long DurableUs)> Batches)
{
    /// <summary>What the tables call the backend.</summary>
    public const string Backend = "simulated";

    internal static SimulatedMeasurement Of(Recording recording, SimulationSettings settings, SimulationRequest request, string job, long startUs)
    {
        var answers = recording.Answers.Select(answer => new SimulatedAnswer(
            answer.Request, answer.Pairs, answer.QueuedUs / 1_000.0, (answer.AnsweredUs - answer.QueuedUs) / 1_000.0));
        return new SimulatedMeasurement([.. answers], [.. recording.Passes.Select(Batch)]);

        (ScoredBatch, long) Batch(RecordedPass pass, int number)
        {
            var timing = new PassTiming
            {
                BatchId = $"{job}:{number}",
                Session = pass.Lane,
                StartedUs = startUs + pass.StartedUs,
                EndedUs = startUs + pass.EndedUs,
                Backend = Backend,
                Device = settings.Device.Name,
                Precision = Backend,
                Pairs = pass.Rows,
                PassPairs = pass.Rows,
                RowsPadded = pass.Rows,
                Length = pass.Length,
                TokensReal = pass.TokensReal,
                Window = pass.Window,
                CloseReason = pass.Pass.CloseReason,
                PredictedMs = pass.PredictedMs > 0 ? pass.PredictedMs : null,
                TargetLatencyMs = request.TargetLatency?.TotalMilliseconds,
                TargetThroughput = request.TargetThroughput,
                OldestQueuedUs = startUs + pass.OldestQueuedUs,
                BrokerMs = (pass.OldestReceivedUs - pass.OldestQueuedUs) / 1_000.0,
                TokenizeMs = 0,
                WindowMs = (pass.StartedUs - pass.OldestReceivedUs) / 1_000.0,
                InferenceMs = (pass.EndedUs - pass.StartedUs) / 1_000.0,
            };
            var batch = new ScoredBatch(job, Epoch: 0, Backend, settings.Device.Name, Rows: [], [timing]);
            return (batch, timing.EndedUs + settings.Transport.PublishUs);
        }
    }
}
