namespace Rerank.Shared.Messaging;

/// <summary>JetStream's <c>err_code</c> of the refusals that mean something here.</summary>
public static class JetStreamError
{
    public const int ConsumerNotFound = 10014;

    /// <summary>No message of that sequence: it was never there, or is gone.</summary>
    public const int NoMessage = 10037;

    /// <summary>The stream exists with another configuration.</summary>
    public const int StreamNameInUse = 10058;

    public const int StreamNotFound = 10059;

    /// <summary>The stream could not store a message: it is full, or its disk is.</summary>
    public const int StoreFailed = 10077;
}
