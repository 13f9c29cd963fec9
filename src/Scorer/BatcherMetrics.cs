using Rerank.Scorer.Batching;
using Rerank.Scorer.Inference;
using Rerank.Shared.Telemetry;

namespace Rerank.Scorer;

/// <summary>Measures what the batcher sees and decides, and the device. What there is no reading of is not measured.</summary>
internal static class BatcherMetrics
{
    internal static void Record(BatcherState state, DeviceReading device)
    {
        Instruments.QueueSize.Record(state.Waiting);
        Instruments.PullTarget.Record(state.PullTarget);
        Instruments.Window.Record(state.Window);
        Instruments.LongestPass.Record(state.LongestPassMs / 1000);
        if (state.TargetLatencyMs is { } latency)
        {
            Instruments.TargetLatency.Record(latency / 1000);
            Instruments.TargetLatencyMissed.Record((state.LatencyMissedByMs ?? 0) / 1000);
        }

        if (state.TargetThroughput is { } throughput)
        {
            Instruments.TargetThroughput.Record(throughput);
            Instruments.TargetThroughputMissed.Record(state.ThroughputMissedBy ?? 0);
        }

        if (device.MemoryMb is { } memory)
            Instruments.DeviceMemory.Record(memory * 1024 * 1024);
        if (device.Utilization is { } utilization)
            Instruments.DeviceUtilization.Record(utilization / 100);
    }
}
