using System.CommandLine;
using Microsoft.Extensions.Logging.Abstractions;
using Rerank.Shared.Messaging;
using Rerank.Shared.Topology;

namespace Rerank.Cli.Commands;

/// <summary>Which broker a verb talks to.</summary>
internal sealed class BrokerOptions
{
    private readonly Option<string?> _nats = new("--nats") { Description = "URL of the NATS server.", HelpName = "URL" };

    internal void AddTo(Command command) => command.Options.Add(_nats);

    internal Task<Broker> ConnectAsync(ParseResult parse, CancellationToken cancellationToken) =>
        Broker.ConnectAsync(
            new NatsOptions { Url = parse.GetValue(_nats)! },
            new QueueOptions(),
            "rerank",
            NullLoggerFactory.Instance,
            TimeProvider.System,
            cancellationToken);
}
