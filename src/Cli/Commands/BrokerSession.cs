using Rerank.Cli.Embedded;
using Rerank.Shared.Messaging;

namespace Rerank.Cli.Commands;

/// <summary>A verb's connection, and the private server that was started for it, if any.</summary>
internal sealed class BrokerSession(Broker broker, EmbeddedBroker? embedded) : IAsyncDisposable
{
    internal Broker Broker => broker;

    public async ValueTask DisposeAsync()
    {
        await broker.DisposeAsync();
        if (embedded is not null)
            await embedded.DisposeAsync();
    }
}
