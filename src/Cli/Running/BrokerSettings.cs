using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Rerank.Shared.Hosting;
using Rerank.Shared.Messaging;
using Rerank.Shared.Topology;

namespace Rerank.Cli.Running;

/// <summary>How the verbs reach a broker, and which queues they make there: as the hosts do, from the environment (<c>Nats__User</c>, …).</summary>
internal sealed record BrokerSettings(NatsOptions Nats, QueueOptions Queue)
{
    // Somebody sits and waits: the hosts' half a minute is for services that start together.
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    /// <param name="url">Wins over <c>Nats__Url</c>; null leaves it.</param>
    /// <exception cref="StageFailedException">A setting is wrong; the message has every error.</exception>
    internal static BrokerSettings FromEnvironment(string? url)
    {
        var environment = new ConfigurationBuilder().AddEnvironmentVariables().Build();
        var nats = new NatsOptions { ConnectTimeout = ConnectTimeout };
        var queue = new QueueOptions();
        try
        {
            environment.GetSection(NatsOptions.Section).Bind(nats);
            environment.GetSection(QueueOptions.Section).Bind(queue);
        }
        catch (Exception e) when (StageHost.SettingErrors(e) is { } wrong)
        {
            throw Refused(wrong);
        }

        nats.Url = url ?? nats.Url;
        string[] errors =
        [
            .. Failures(new NatsOptionsValidator().Validate(null, nats)),
            .. Failures(new QueueOptionsValidator().Validate(null, queue)),
        ];
        return errors.Length == 0 ? new BrokerSettings(nats, queue) : throw Refused(errors);
    }

    /// <summary>Those of a private broker: what says which server, as whom and how large is not the environment's.</summary>
    internal static BrokerSettings ForPrivate(string url, long streamBytes)
    {
        var environment = new ConfigurationBuilder().AddEnvironmentVariables().Build();
        var queue = environment.GetSection(QueueOptions.Section).Get<QueueOptions>() ?? new QueueOptions();
        queue.MaxBytes = streamBytes;
        queue.Replicas = 1;
        return new BrokerSettings(new NatsOptions { Url = url }, queue);
    }

    private static IEnumerable<string> Failures(ValidateOptionsResult result) => result.Failures ?? [];

    private static StageFailedException Refused(IEnumerable<string> errors) => new(ExitCode.WrongUsage, string.Join('\n', errors));
}
