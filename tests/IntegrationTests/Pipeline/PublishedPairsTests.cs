using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Rerank.TestKit;
using Shouldly;
using Xunit;

namespace Rerank.IntegrationTests.Pipeline;

/// <summary>Pairs that somebody else publishes, without any library of ours.</summary>
public sealed class PublishedPairsTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string Job = "search-log";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pairs_sent_by_the_plain_protocol_are_scored_once_each_and_closing_completes_the_job()
    {
        await using var stages = await Stages.StartAsync(shared.Server, Cancelled, "--Sink:RollAge=00:00:01");
        var subject = await OpenAsync(stages);

        await PublishPlainAsync(subject, 0, 40);
        await stages.WaitForRowsAsync(Job, 40, Cancelled);
        await PublishPlainAsync(subject, 40, 20);
        await stages.Ledger.ClosePublishedAsync(Job, Cancelled);
        await stages.WaitForCompletionAsync(Job, Cancelled);

        stages.Ids(Job).ShouldBe(Stages.ExpectedIds("pair", 60));
        File.Exists(Path.Combine(stages.Output, "scores", $"job={Job}", "_SUCCESS")).ShouldBeTrue();
    }

    [Fact]
    public async Task Pairs_sent_by_the_JavaScript_client_are_scored_once_each()
    {
        using var client = await InstallJavaScriptClientAsync();
        await using var stages = await Stages.StartAsync(shared.Server, Cancelled, "--Sink:RollAge=00:00:01");
        var subject = await OpenAsync(stages);

        var script =
            $$"""
            const { connect } = require('nats');
            (async () => {
              const connection = await connect({ servers: '{{shared.Server.Url}}' });
              const stream = connection.jetstream();
              for (let i = 0; i < 30; i++)
                await stream.publish('{{subject}}', JSON.stringify({
                  id: `pair-${i}`, query: 'capital of France', document: `Paris, café no. ${i}` }));
              await connection.drain();
            })();
            """;
        (await RunAsync("node", client.Path, "-e", script)).ShouldBe(0);
        await stages.WaitForRowsAsync(Job, 30, Cancelled);

        stages.Ids(Job).ShouldBe(Stages.ExpectedIds("pair", 30));
    }

    private static Task<string> OpenAsync(Stages stages) =>
        stages.Ledger.OpenPublishedAsync(Job, "default", "builtin:lexical", 512, Cancelled);

    /// <summary>Speaks the client protocol over a socket: CONNECT, PUB for each pair, PING, and waits for the PONG.</summary>
    private async Task PublishPlainAsync(string subject, int first, int count)
    {
        var url = new Uri(shared.Server.Url);
        using var client = new TcpClient();
        await client.ConnectAsync(url.Host, url.Port, Cancelled);
        await using var stream = client.GetStream();
        var text = new StringBuilder("CONNECT {\"verbose\":false}\r\n");
        for (var number = first; number < first + count; number++)
        {
            var pair = Stages.PairJson("pair", number);
            text.Append($"PUB {subject} {Encoding.UTF8.GetByteCount(pair)}\r\n{pair}\r\n");
        }

        text.Append("PING\r\n");
        await stream.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()), Cancelled);
        using var reader = new StreamReader(stream);
        while (await reader.ReadLineAsync(Cancelled) != "PONG")
        {
            // INFO, and PINGs of the server.
        }
    }

    private static async Task<TemporaryFolder> InstallJavaScriptClientAsync()
    {
        var folder = TemporaryFolder.Create();
        if (await RunAsync("npm", folder.Path, "install", "--no-audit", "--no-fund", "--silent", "nats@2") == 0)
            return folder;

        folder.Dispose();
        Assert.Skip("npm could not install the package 'nats': Node.js or its registry is not at hand.");
        return null;
    }

    private static async Task<int> RunAsync(string program, string folder, params string[] arguments)
    {
        try
        {
            var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, UseShellExecute = false };
            using var process = Process.Start(start)!;
            await process.WaitForExitAsync(Cancelled);
            return process.ExitCode;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return -1;
        }
    }
}
