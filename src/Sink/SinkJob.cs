using Rerank.Shared.Contracts;
using Rerank.Shared.Messaging;
using Rerank.Sink.Writing;

namespace Rerank.Sink;

/// <summary>A job as a session sees it: its writer, and the messages that wait for what the writer makes durable.</summary>
internal sealed class SinkJob(JobWriter writer)
{
    private readonly List<Delivery> _forRows = [];
    private readonly List<Delivery> _forState = [];

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

    /// <summary>The rows are durable: only the manifest is waited for.</summary>
    public void RowsAreDurable() => _forState.AddRange(TakeWaitingForRows());

    public IReadOnlyList<Delivery> TakeWaitingForRows()
    {
        Delivery[] taken = [.. _forRows];
        _forRows.Clear();
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
