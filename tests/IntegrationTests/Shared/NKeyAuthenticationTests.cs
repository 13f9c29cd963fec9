using NATS.Client.Core;
using Rerank.TestKit;
using Shouldly;
using Xunit;

namespace Rerank.IntegrationTests.Shared;

public sealed class NKeyAuthenticationTests
{
    private const string Seed = "SUAOBFVHF4ZWKTBJ6QP4C362WLBBBFIE7ENFTPYKUGZ3M2ESOXY353LXDI";
    private const string PublicKey = "UBIWK4X3RXCPJ4CMIAVLAFDFABMLCCMZDDLAO5OZZ2265MDLXUTOGO4B";

    [Fact]
    public async Task A_server_that_asks_for_an_nkey_lets_its_owner_in()
    {
        await using var server = await NatsServer.StartAsync($$"""authorization { users = [ { nkey: {{PublicKey}} } ] }""");
        await using var connection = new NatsConnection(NatsOpts.Default with
        {
            Url = server.Url,
            AuthOpts = new NatsAuthOpts { NKey = PublicKey, Seed = Seed },
        });

        (await connection.PingAsync(TestContext.Current.CancellationToken)).ShouldBeGreaterThan(TimeSpan.Zero);
    }

    [Fact]
    public async Task A_server_that_asks_for_an_nkey_keeps_others_out()
    {
        await using var server = await NatsServer.StartAsync($$"""authorization { users = [ { nkey: {{PublicKey}} } ] }""");
        await using var connection = new NatsConnection(NatsOpts.Default with { Url = server.Url });

        await Should.ThrowAsync<NatsException>(async () => await connection.ConnectAsync());
    }
}
