using System.CommandLine;
using Microsoft.Extensions.Logging.Abstractions;
using Rerank.Cli.Embedded;
using Rerank.Cli.Running;
using Rerank.Shared.Hosting;
using Rerank.Shared.Messaging;
using Rerank.Shared.Topology;

namespace Rerank.Cli.Commands;

/// <summary>Which broker a verb talks to: a NATS server, or the private one of a dataset, which is started if it does not run.</summary>
internal sealed class BrokerOptions
{
    private readonly Option<string?> _nats = new("--nats") { Description = "A NATS server. Default: $Nats__Url.", HelpName = "URL" };
    private readonly Option<string?> _output = new("--output") { Description = "Dataset whose private broker is asked.", HelpName = "DIR" };

    internal void AddTo(Command command)
    {
        command.Options.Add(_nats);
        command.Options.Add(_output);
    }

    /// <summary>Full path of <c>--output</c>, or null.</summary>
    internal string? Output(ParseResult parse) => parse.GetValue(_output) is { } output ? Path.GetFullPath(output) : null;

    internal async Task<BrokerSession> OpenAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        if (parse.GetValue(_nats) is null && Output(parse) is { } output)
            return await OpenPrivateAsync(output, cancellationToken);

        var settings = BrokerSettings.FromEnvironment(parse.GetValue(_nats));
        return new BrokerSession(await ConnectAsync(settings, cancellationToken), embedded: null);
    }

    private static async Task<BrokerSession> OpenPrivateAsync(string output, CancellationToken cancellationToken)
    {
        if (EmbeddedBroker.FindRunning(output) is { } running)
        {
            var settings = BrokerSettings.ForPrivate(running.Url, new QueueOptions().MaxBytes);
            return new BrokerSession(await ConnectAsync(settings, cancellationToken), embedded: null);
        }

        if (!new BrokerFolder(output).HasStore)
        {
            throw new StageFailedException(
                ExitCode.WrongUsage,
                $"{output} has no private broker: it is kept only while a job is not complete or has dead letters. Name a server with --nats.");
        }

        var embedded = await EmbeddedBroker.StartAsync(output, TimeProvider.System, cancellationToken);
        try
        {
            var settings = BrokerSettings.ForPrivate(embedded.Url, embedded.StreamBytes);
            return new BrokerSession(await ConnectAsync(settings, cancellationToken), embedded);
        }
        catch
        {
            await embedded.DisposeAsync();
            throw;
        }
    }

    private static Task<Broker> ConnectAsync(BrokerSettings settings, CancellationToken cancellationToken) =>
        Broker.ConnectAsync(settings.Nats, settings.Queue, "rerank", NullLoggerFactory.Instance, TimeProvider.System, cancellationToken);
}
