using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Rerank.Shared.Hosting;

namespace Rerank.Ingest;

/// <summary>Composition root of the first stage: a source goes in, messages on PAIRS come out.</summary>
public static class IngestHost
{
    /// <param name="args">Settings such as <c>--Ingest:Input=F</c>.</param>
    /// <param name="compose">Last word on the host, for a process that holds several.</param>
    public static IHost Build(string[] args, Action<HostApplicationBuilder>? compose = null)
    {
        var builder = StageHost.CreateBuilder(args);
        builder.AddOptions<IngestOptions, IngestOptionsValidator>(IngestOptions.Section);
        builder.Services.AddHostedService<IngestWorker>();
        compose?.Invoke(builder);
        return builder.Build();
    }
}
