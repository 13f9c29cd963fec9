using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Rerank.Shared.Hosting;
using Rerank.Sink.Dataset;

namespace Rerank.Sink;

/// <summary>The Sink as a host: for its own executable, for the CLI, which composes all stages, and for tests.</summary>
public static class SinkHost
{
    /// <summary>Builds the host; it runs until it is stopped.</summary>
    /// <param name="args">Settings such as <c>--Sink:Output=out</c>; the environment's come first.</param>
    /// <param name="compose">Last word on the host, for a process that holds several.</param>
    public static IHost Build(string[] args, Action<HostApplicationBuilder>? compose = null)
    {
        var builder = StageHost.CreateBuilder(args);
        builder.AddOptions<SinkOptions, SinkOptionsValidator>(SinkOptions.Section);
        builder.Services.AddSingleton<Disk>();
        builder.Services.AddHostedService<SinkWorker>();
        compose?.Invoke(builder);
        return builder.Build();
    }
}
