namespace Rerank.Sink.Dataset;

/// <summary>The disk has less free than it must have; nothing was changed.</summary>
internal sealed class NoRoomException(string folder, long free, long wanted)
    : IOException($"The disk of {folder} has {free:N0} bytes free, Sink__MinFreeBytes asks for {wanted:N0}.");
