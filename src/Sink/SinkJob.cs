using Rerank.Shared.Contracts;
using Rerank.Shared.Messaging;
using Rerank.Shared.Telemetry;
using Rerank.Sink.Writing;

namespace Rerank.Sink;

/// <summary>A job as a session sees it: its writer, and the messages that wait for what the writer makes durable.</summary>
internal sealed class SinkJob(JobWriter writer)
{
    private readonly List<Delivery> _forRows = [];
    private readonly List<Delivery> _forState = [];
    private readonly List<(string Trace, long ReceivedUs)> _traces = [];

    public JobWriter Writer => writer;

    /// <summary>A published job takes no more pairs.</summary>
    public bool Closed { get; set; }

    /// <summary>It was completed, but that is not saved yet, or not said.</summary>
    public bool CompletionIsUntold { get; set; }

    /// <summary>Rows at the last progress line.</summary>
    public long LoggedRows { get; set; }

    /// <summary>Timestamp of the first message that waits for its rows.</summary>
    public long WaitingSince { get; private set; }

    public int WaitingMessages => _forRows.Count;

    public long WaitingBytes { get; private set; }

    /// <summary>The manifest is behind, or messages wait for it.</summary>
    public bool NeedsSave => writer.HasUnsavedState || _forState.Count > 0;

    public bool IsPublished => writer.Spec is { Kind: JobKind.Published };

    public void WaitForRows(in Delivery delivery, int bytes, long now)
    {
        if (_forRows.Count == 0)
            WaitingSince = now;
        _forRows.Add(delivery);
        WaitingBytes += bytes;
    }

    public void WaitForState(in Delivery delivery) => _forState.Add(delivery);

    /// <summary>Traces of pairs whose rows wait.</summary>
    /// <param name="traces">Their contexts.</param>
    /// <param name="durableUs">When SCORES had them.</param>
    public void Follow(IReadOnlyList<string> traces, long durableUs) => _traces.AddRange(traces.Select(trace => (trace, durableUs)));

    /// <summary>The rows are durable: only the manifest is waited for.</summary>
    public void RowsAreDurable(long nowUs)
    {
        foreach (var (trace, receivedUs) in _traces)
            PairTraces.Add(trace, TelemetryNames.SinkSpan, receivedUs, nowUs);
        _forState.AddRange(TakeWaitingForRows());
    }

    public IReadOnlyList<Delivery> TakeWaitingForRows()
    {
        Delivery[] taken = [.. _forRows];
        _forRows.Clear();
        _traces.Clear();
        WaitingBytes = 0;
        return taken;
    }

    public IReadOnlyList<Delivery> TakeWaitingForState()
    {
        Delivery[] taken = [.. _forState];
        _forState.Clear();
        return taken;
    }
}
