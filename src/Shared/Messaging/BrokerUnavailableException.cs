namespace Rerank.Shared.Messaging;

/// <summary>The broker cannot be used; the message names the server and the fix.</summary>
public sealed class BrokerUnavailableException(string message, Exception innerException) : Exception(message, innerException);
