namespace Rerank.Benchmarks.Whole;

/// <summary>The command cannot be done as it was given; the message says why.</summary>
internal sealed class UsageException(string message) : Exception(message);
