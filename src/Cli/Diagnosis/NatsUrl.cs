using Microsoft.Extensions.Logging.Abstractions;
using NATS.Client.Core;
using NATS.Client.JetStream;

namespace Rerank.Cli.Diagnosis;

/// <summary>A NATS server that the user named: does it answer, and with JetStream? Nothing is made on it.</summary>
internal static class NatsUrl
{
    private const string Subject = "NATS";

    internal static async Task<Finding> AnswersAsync(string url, CancellationToken cancellationToken)
    {
        await using var connection = new NatsConnection(NatsOpts.Default with
        {
            Url = url,
            Name = "rerank doctor",
            LoggerFactory = NullLoggerFactory.Instance,
        });
        try
        {
            await connection.ConnectAsync();
            var account = await new NatsJSContext(connection).GetAccountInfoAsync(cancellationToken);
            return Finding.Ok(
                Subject, $"{url} answers, version {connection.ServerInfo?.Version}, JetStream with {account.Streams} streams");
        }
        catch (Exception e) when (e is NatsNoRespondersException or NatsJSApiNoResponseException or NatsJSApiException)
        {
            return Finding.Problem(Subject, $"{url} answers, but not to JetStream requests", "Start the server with JetStream: nats-server -js.");
        }
        catch (Exception e) when (e is NatsException or UriFormatException or ArgumentException)
        {
            return Finding.Problem(Subject, $"{url}: {e.Message}", "Start a server there (nats-server -js), or correct --nats.");
        }
    }
}
