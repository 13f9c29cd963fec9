using Rerank.TestKit;
using Xunit;

namespace Rerank.IntegrationTests;

/// <summary>One broker for the tests that do not kill it; each has a namespace of its own.</summary>
public sealed class SharedServer : IAsyncLifetime
{
    public NatsServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Server = await NatsServer.StartAsync();

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
