using Rerank.Cli.Diagnosis;
using Shouldly;
using Xunit;
using TestServer = Rerank.TestKit.NatsServer;

namespace Rerank.IntegrationTests.Cli;

public sealed class DoctorTests
{
    [Fact]
    public async Task A_server_with_JetStream_is_fine()
    {
        await using var server = await TestServer.StartAsync();

        var finding = await NatsUrl.AnswersAsync(server.Url, TestContext.Current.CancellationToken);

        finding.Severity.ShouldBe(Severity.Ok);
        finding.Text.ShouldContain("JetStream with 0 streams");
    }

    [Fact]
    public async Task A_server_that_has_gone_is_a_problem_with_a_fix()
    {
        await using var server = await TestServer.StartAsync();
        await server.KillAsync();

        var finding = await NatsUrl.AnswersAsync(server.Url, TestContext.Current.CancellationToken);

        finding.Severity.ShouldBe(Severity.Problem);
        finding.Fix.ShouldNotBeNull().ShouldContain("nats-server -js");
    }

    [Fact]
    public async Task The_installed_nats_server_is_new_enough() =>
        (await NatsServer.InstalledAsync(TestContext.Current.CancellationToken)).Severity.ShouldBe(Severity.Ok);
}
