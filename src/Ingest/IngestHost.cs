using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Rerank.Shared.Hosting;

namespace Rerank.Ingest;

/// <summary>Composition root of the first stage: a source goes in, messages on PAIRS come out.</summary>
public static class IngestHost
{
    public static IHost Build(string[] args)
    {
        var builder = StageHost.CreateBuilder(args);
        builder.AddOptions<IngestOptions, IngestOptionsValidator>(IngestOptions.Section);
        builder.Services.AddHostedService<IngestWorker>();
        return builder.Build();
    }
}
