namespace Rerank.Sink.Dataset;

/// <summary>This epoch must not go on: its folder is gone, or a rename failed half-way. The next one begins with what the files say.</summary>
internal sealed class EpochEndedException(string message) : Exception(message);
