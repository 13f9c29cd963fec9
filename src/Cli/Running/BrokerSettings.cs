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
        var natsSection = new SettingSection<NatsOptions>(environment, NatsOptions.Section);
        var queueSection = new SettingSection<QueueOptions>(environment, QueueOptions.Section);
        natsSection.Configure(nats);
        queueSection.Configure(queue);
        nats.Url = url ?? nats.Url;
        string[] errors =
        [
            .. Failures(natsSection.Validate(null, nats)),
            .. Failures(queueSection.Validate(null, queue)),
            .. Failures(new NatsOptionsValidator().Validate(null, nats)),
            .. Failures(new QueueOptionsValidator().Validate(null, queue)),
        ];
        return errors.Length == 0
            ? new BrokerSettings(nats, queue)
            : throw new StageFailedException(ExitCode.WrongUsage, string.Join('\n', errors));
    }

    /// <summary>Those of a private broker: what says which server, as whom and how large is not the environment's.</summary>
    internal static BrokerSettings ForPrivate(string url, long streamBytes)
    {
        var environment = new ConfigurationBuilder().AddEnvironmentVariables().Build();
        var queue = new QueueOptions();
        new SettingSection<QueueOptions>(environment, QueueOptions.Section).Configure(queue);
        queue.MaxBytes = streamBytes;
        queue.Replicas = 1;
        return new BrokerSettings(new NatsOptions { Url = url }, queue);
    }

    private static IEnumerable<string> Failures(ValidateOptionsResult result) => result.Failures ?? [];
}
