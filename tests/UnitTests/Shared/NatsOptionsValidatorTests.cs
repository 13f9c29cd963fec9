using Rerank.Shared.Hosting;
using Rerank.Shared.Messaging;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Shared;

public sealed class NatsOptionsValidatorTests
{
    [Theory]
    [InlineData("http://host:1", "http://host:1")]
    [InlineData("nats://localhost:99999", "nats://localhost:99999")]
    [InlineData("nats://a:4222, b c", "b c")]
    [InlineData("nats://", "nats://")]
    [InlineData("", "")]
    public void An_address_that_the_client_would_not_take_is_named(string url, string part) =>
        new NatsOptionsValidator().Validate(null, new NatsOptions { Url = url }).Failures.ShouldHaveSingleItem()
            .ShouldStartWith($"Nats__Url has '{part}', which is no NATS address;");

    [Theory]
    [InlineData("nats://localhost:4222")]
    [InlineData("localhost")]
    [InlineData("10.0.0.1:4222,tls://user:word@b.example:443 , ws://c")]
    [InlineData("nats://[::1]:4222")]
    public void Other_addresses_are_taken(string url) =>
        new NatsOptionsValidator().Validate(null, new NatsOptions { Url = url }).Succeeded.ShouldBeTrue();
}
