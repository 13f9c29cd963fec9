using System.Diagnostics;
using NATS.Client.Core;

namespace Rerank.Shared.Telemetry;

/// <summary>
/// Traces of sampled pairs. Ingest begins one; its context travels in the message's header, as W3C says, and a stage that finds one there
/// adds its spans, afterwards, from the times that it has anyway. Pairs without the header cost one look at their headers.
/// </summary>
public static class PairTraces
{
    /// <summary>May be there several times: a scored batch holds several pairs.</summary>
    private const string Header = "traceparent";

    private static readonly ActivitySource Source = new(TelemetryNames.Scope, ToolVersion.Text);

    /// <summary>Every how many pairs Ingest begins a trace; 0 for never.</summary>
    internal static long SampleEvery { get; set; }

    /// <summary>Begins the trace of a pair that is to be published; null for a pair that is not traced.</summary>
    public static Activity? Begin(string job, long ordinal)
    {
        if (SampleEvery == 0 || ordinal % SampleEvery != 0 || Source.StartActivity(TelemetryNames.IngestSpan, ActivityKind.Producer) is not { } span)
            return null;
        return span.SetTag(TelemetryNames.JobTag, job).SetTag(TelemetryNames.OrdinalTag, ordinal);
    }

    /// <summary>Sends the trace's context with a message.</summary>
    public static void Write(NatsHeaders headers, Activity trace) => headers[Header] = trace.Id;

    /// <summary>Headers with the contexts of a batch's traces; null if there are none.</summary>
    public static NatsHeaders? HeadersOf(IReadOnlyCollection<string> traces) =>
        traces.Count == 0 ? null : new NatsHeaders { [Header] = traces.ToArray() };

    /// <summary>Context of the traced pair in a message; null if it is not traced, or nobody would see the trace.</summary>
    public static string? Read(NatsHeaders? headers) =>
        headers is not null && Source.HasListeners() && headers.TryGetLastValue(Header, out var trace) ? trace : null;

    /// <summary>Contexts of all traced pairs in a message.</summary>
    public static IReadOnlyList<string> ReadAll(NatsHeaders? headers) =>
        headers is not null && Source.HasListeners() && headers.TryGetValue(Header, out var traces) ? [.. traces.OfType<string>()] : [];

    /// <summary>Adds what a stage did, between two times in unix microseconds, to a trace.</summary>
    /// <param name="trace">From <see cref="Read"/>; another publisher's that cannot be read is left alone.</param>
    /// <param name="span">A word of <see cref="TelemetryNames"/>.</param>
    /// <param name="fromUs">Start.</param>
    /// <param name="toUs">End.</param>
    /// <param name="passPairs">Pairs of the forward pass, where it is one.</param>
    public static void Add(string trace, string span, long fromUs, long toUs, int? passPairs = null)
    {
        if (!ActivityContext.TryParse(trace, traceState: null, isRemote: true, out var context))
            return;
        using var activity = Source.StartActivity(span, ActivityKind.Consumer, context, startTime: At(fromUs));
        activity?.SetTag(TelemetryNames.PassPairsTag, passPairs).SetEndTime(At(Math.Max(fromUs, toUs)).UtcDateTime);
    }

    private static DateTimeOffset At(long unixUs) => DateTimeOffset.UnixEpoch.AddTicks(unixUs * TimeSpan.TicksPerMicrosecond);
}
