using Microsoft.Extensions.Configuration;
using Rerank.Shared.Messaging;

namespace Rerank.Cli.Running;

/// <summary>How the verbs reach a broker that is not their own: as the hosts do, from the environment (<c>Nats__User</c>, …).</summary>
internal static class BrokerSettings
{
    /// <param name="url">Wins over <c>Nats__Url</c>; null leaves it.</param>
    internal static NatsOptions FromEnvironment(string? url)
    {
        var environment = new ConfigurationBuilder().AddEnvironmentVariables().Build();
        var options = environment.GetSection(NatsOptions.Section).Get<NatsOptions>() ?? new NatsOptions();
        if (url is not null)
            options.Url = url;
        return options;
    }
}
