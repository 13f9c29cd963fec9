using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Rerank.Shared.Hosting;

namespace Rerank.Scorer;

/// <summary>Composition root of the Scorer.</summary>
public static class ScorerHost
{
    /// <summary>Builds the host from the environment and from arguments such as <c>--Scorer:Model=DIR</c>.</summary>
    /// <param name="args">The arguments.</param>
    /// <param name="compose">Last word on the host, for a process that holds several.</param>
    public static IHost Build(string[] args, Action<HostApplicationBuilder>? compose = null)
    {
        var builder = StageHost.CreateBuilder(args);
        builder.AddOptions<ScorerOptions, ScorerOptionsValidator>(ScorerOptions.Section);
        builder.Services.AddHostedService<ScorerWorker>();
        compose?.Invoke(builder);
        return builder.Build();
    }
}
