using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Rerank.Ingest;
using Rerank.Shared.Hosting;
using Rerank.TestKit;

namespace Rerank.IntegrationTests.Ingest;

/// <summary>Ingest in the process of the test.</summary>
internal sealed class IngestRun : IAsyncDisposable
{
    private readonly IHost _host;

    private IngestRun(IHost host) => _host = host;

    /// <summary>Message of its failure, if it failed.</summary>
    internal string? Failure => _host.Services.GetRequiredService<StageOutcome>().Failure;

    internal static async Task<IngestRun> StartAsync(NatsServer server, string @namespace, params string[] settings)
    {
        var host = IngestHost.Build(Arguments(server, @namespace, settings));
        await host.StartAsync();
        return new IngestRun(host);
    }

    internal static string[] Arguments(NatsServer server, string @namespace, string[] settings) =>
        [$"--Nats:Url={server.Url}", $"--Nats:Namespace={@namespace}", "--Queue:MaxBytes=67108864", .. settings.Select(s => "--" + s)];

    /// <summary>Its exit code, once it has ended by itself.</summary>
    internal async Task<int> WaitAsync(CancellationToken cancellationToken)
    {
        await _host.WaitForShutdownAsync(cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        return _host.Services.GetRequiredService<StageOutcome>().ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
