using Rerank.Scorer.Batching;
using Rerank.Scorer.Inference;
using Rerank.Shared.Contracts;

namespace Rerank.Scorer.Publishing;

/// <summary>Makes the timing record of a pass, as one of its jobs sees it.</summary>
internal sealed class PassTimings(string backend, string device, string precision, BatcherOptions targets, ResourceSampler resources)
{
    /// <summary>The record; <paramref name="rows"/> are the job's own of the pass, at least one.</summary>
    internal PassTiming For(PassResult result, string batchId, List<(ReadyPair Pair, float Score)> rows)
    {
        resources.Read();
        var oldest = rows[0].Pair;
        foreach (var (pair, _) in rows)
            oldest = pair.QueuedUs < oldest.QueuedUs ? pair : oldest;
        return new PassTiming
        {
            BatchId = batchId,
            Session = result.Lane,
            StartedUs = result.StartedUs,
            EndedUs = result.EndedUs,
            Backend = backend,
            Device = device,
            Precision = precision,
            Pairs = rows.Count,
            PassPairs = result.Pass.Pairs.Count,
            RowsPadded = result.Shape.Rows,
            Length = result.Shape.Length,
            TokensReal = result.TokensReal,
            Window = result.Pass.Window,
            CloseReason = result.Pass.CloseReason,
            PredictedMs = double.IsFinite(result.Pass.PredictedMs) ? result.Pass.PredictedMs : null,
            TargetLatencyMs = targets.TargetLatencyMs,
            TargetThroughput = targets.TargetThroughput,
            CpuPercent = resources.CpuPercent,
            RssMb = resources.RssMb,
            DeviceMemoryMb = resources.Device.MemoryMb,
            DeviceUtilization = resources.Device.Utilization,
            OldestQueuedUs = oldest.Delivery.TimestampUs,
            BrokerMs = Milliseconds(oldest.Delivery.TimestampUs, oldest.ReceivedUs),
            TokenizeMs = Milliseconds(oldest.ReceivedUs, oldest.ReadyUs),
            WindowMs = Milliseconds(oldest.ReadyUs, result.StartedUs),
            InferenceMs = Milliseconds(result.StartedUs, result.EndedUs),
        };
    }

    private static double Milliseconds(long fromUs, long toUs) => (toUs - fromUs) / 1000.0;
}
