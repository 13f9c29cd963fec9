using NATS.Client.Core;
using Rerank.Shared.Telemetry;

namespace Rerank.Sink.Intake;

/// <summary>Measures every few seconds how much of each job is still on its way, if anybody looks.</summary>
internal sealed class LagMetrics(Backlog backlog, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private long? _readAt;

    public async ValueTask ReadIfDueAsync(IEnumerable<SinkJob> jobs, CancellationToken cancellationToken)
    {
        if (!Instruments.JobLag.Enabled || (_readAt is { } readAt && time.GetElapsedTime(readAt) < Interval))
            return;
        _readAt = time.GetTimestamp();
        try
        {
            var pairs = await backlog.PairsAsync(cancellationToken);
            var scores = await backlog.ScoresAsync(cancellationToken);
            foreach (var name in jobs.Select(job => job.Writer.Job))
            {
                Instruments.JobLag.Record(pairs.GetValueOrDefault(name), Instruments.OfJob(name));
                Instruments.SinkLag.Record(scores.GetValueOrDefault(name), Instruments.OfJob(name));
            }
        }
        catch (NatsException)
        {
            // No reading this time; what else it means is for those who cannot do without the broker.
        }
    }
}
