using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Hosting;
using Rerank.Ingest;
using Rerank.IntegrationTests.Pipeline;
using Rerank.Shared.Telemetry;
using Shouldly;
using Xunit;

namespace Rerank.IntegrationTests.Telemetry;

public sealed class PairTraceTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private static readonly string[] Stops =
    [
        TelemetryNames.IngestSpan, TelemetryNames.BrokerSpan, TelemetryNames.TokenizeSpan, TelemetryNames.WindowSpan,
        TelemetryNames.InferenceSpan, TelemetryNames.PublishSpan, TelemetryNames.SinkSpan,
    ];

    [Fact]
    public async Task A_sampled_pair_has_one_trace_over_all_stages_and_the_others_have_none()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == TelemetryNames.Scope,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        await using var stages = await Stages.StartAsync(shared.Server, cancellationToken);
        using var ingest = IngestHost.Build(
        [
            $"--Nats:Url={shared.Server.Url}",
            $"--Nats:Namespace={stages.Broker.Names.Namespace}",
            $"--Ingest:Input={stages.WriteSource("t", 20)}",
            "--Ingest:Job=traced",
            "--Telemetry:OtlpEndpoint=http://127.0.0.1:9",
            "--Telemetry:TraceRatio=0.25",
        ]);

        await ingest.RunAsync(cancellationToken);

        var begun = spans.Where(span => span.OperationName == TelemetryNames.IngestSpan && "traced".Equals(span.GetTagItem(TelemetryNames.JobTag))).ToList();
        begun.Select(span => span.GetTagItem(TelemetryNames.OrdinalTag)).ShouldBe([0L, 4L, 8L, 12L, 16L], ignoreOrder: true);
        foreach (var trace in begun.Select(span => span.TraceId))
        {
            var ofTrace = spans.Where(span => span.TraceId == trace).ToList();
            ofTrace.Select(span => span.OperationName).ShouldBe(Stops, ignoreOrder: true);
            ofTrace.ShouldAllBe(span => span.Duration >= TimeSpan.Zero);
        }
    }
}
