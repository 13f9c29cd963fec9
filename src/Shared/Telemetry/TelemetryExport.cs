using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Rerank.Shared.Telemetry;

/// <summary>Exports while its host runs. Instruments belong to the process, so the hosts of one process share one export: the first's.</summary>
internal sealed class TelemetryExport(IOptions<TelemetryOptions> options) : IHostedService
{
    private static readonly Lock Gate = new();
    private static Exporters? _exporters;
    private static int _users;

    private bool _uses;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (!options.Value.IsOn)
            return Task.CompletedTask;
        lock (Gate)
        {
            _exporters ??= Exporters.Start(options.Value);
            _users++;
            _uses = true;
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        lock (Gate)
        {
            if (_uses && --_users == 0)
            {
                _exporters?.Dispose();
                _exporters = null;
            }

            _uses = false;
        }

        return Task.CompletedTask;
    }
}
