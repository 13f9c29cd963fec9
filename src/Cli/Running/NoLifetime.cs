using Microsoft.Extensions.Hosting;

namespace Rerank.Cli.Running;

/// <summary>Signals are the run's, not each host's: on Ctrl-C the stages end one after the other, not all at once.</summary>
internal sealed class NoLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
