namespace Rerank.Cli.Embedded;

/// <summary>Where the embedded broker of a dataset listens, for other verbs: <c>.rerank/broker.json</c>.</summary>
/// <param name="Url">Such as <c>nats://127.0.0.1:41873</c>.</param>
/// <param name="Pid">Process id of the server.</param>
internal sealed record BrokerAddress(string Url, int Pid);
