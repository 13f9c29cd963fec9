using Rerank.Shared.Contracts;
using Rerank.Shared.Messaging;

namespace Rerank.Sink.Intake;

/// <summary>What a session reacts to, one at a time.</summary>
internal abstract record SinkEvent
{
    private SinkEvent()
    {
    }

    /// <summary>A message of SCORES.</summary>
    /// <param name="Delivery">The message, held.</param>
    /// <param name="Batch">Its content.</param>
    /// <param name="Bytes">Size of the message.</param>
    /// <param name="Traces">Contexts of its traced pairs.</param>
    public sealed record Scores(Delivery Delivery, ScoredBatch Batch, int Bytes, IReadOnlyList<string> Traces) : SinkEvent;

    /// <summary>A message of DEAD.</summary>
    /// <param name="Delivery">The message, held.</param>
    /// <param name="Content">Its content.</param>
    public sealed record Letter(Delivery Delivery, DeadLetter Content) : SinkEvent;

    /// <summary>A document in KV.</summary>
    /// <param name="Job">The job whose spec or whose Ingest's state is new.</param>
    public sealed record JobChanged(string Job) : SinkEvent;

    /// <summary>A second has passed.</summary>
    public sealed record Tick : SinkEvent;
}
