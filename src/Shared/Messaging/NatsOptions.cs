using Rerank.Shared.Hosting;

namespace Rerank.Shared.Messaging;

/// <summary>Which NATS server, and as whom (section <c>Nats</c>).</summary>
public sealed class NatsOptions
{
    public const string Section = "Nats";

    /// <summary>One or more server URLs, separated by commas. Default <c>nats://localhost:4222</c>.</summary>
    public string Url { get; set; } = "nats://localhost:4222";

    /// <summary>Prefix of every subject, stream, consumer and bucket. Default <c>rerank</c>.</summary>
    public string Namespace { get; set; } = Topology.Names.DefaultNamespace;

    public string? User { get; set; }

    public string? Password { get; set; }

    public string? Token { get; set; }

    /// <summary>File with a JWT and an nkey seed.</summary>
    public string? CredsFile { get; set; }

    /// <summary>File with an nkey seed.</summary>
    public string? NKeyFile { get; set; }

    /// <summary>How long to try for the first connection. Default 30 s.</summary>
    [Limits("00:00:00", "1.00:00:00")]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(30);
}
