using Microsoft.Extensions.Logging;
using Rerank.Sink.Dataset;
using Rerank.Sink.Intake;

namespace Rerank.Sink.Writing;

/// <summary>Closes the gate when the disk cannot be written, and opens it when there is room again. Not thread-safe.</summary>
internal sealed class WritePause(Gate gate, WriteContext context, ILogger logger)
{
    private static readonly TimeSpan MessageInterval = TimeSpan.FromSeconds(30);

    private long _begunAt;
    private long _loggedAt;
    private TimeSpan _atLeast;

    public bool IsOn => !gate.IsOpen;

    /// <summary>Begins a pause, or lets it go on.</summary>
    /// <param name="reason">A sentence for the log.</param>
    /// <param name="atLeast">Room on the disk does not end the pause before that.</param>
    public void Begin(string reason, TimeSpan atLeast)
    {
        gate.Close();
        _begunAt = context.Time.GetTimestamp();
        _atLeast = atLeast;
        if (_loggedAt != 0 && context.Time.GetElapsedTime(_loggedAt) < MessageInterval)
            return;
        _loggedAt = context.Time.GetTimestamp();
        Log.Paused(logger, reason);
    }

    /// <summary>Ends the pause if there is room again; false while there is none.</summary>
    public bool TryEnd()
    {
        if (!IsOn)
            return true;
        if (context.Time.GetElapsedTime(_begunAt) < _atLeast)
            return false;
        try
        {
            context.RequireRoom();
        }
        catch (NoRoomException e)
        {
            Begin(e.Message, TimeSpan.Zero);
            return false;
        }

        Log.Resumed(logger);
        gate.Open();
        return true;
    }

    /// <summary>Ends the pause whatever the disk says: for the last attempt before the end.</summary>
    public void End() => gate.Open();
}
