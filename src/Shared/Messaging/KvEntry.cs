namespace Rerank.Shared.Messaging;

/// <summary>A document of a bucket, with the revision that an update must name.</summary>
public readonly record struct KvEntry<T>(T Value, ulong Revision);
