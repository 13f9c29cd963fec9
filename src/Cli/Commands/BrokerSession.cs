using Rerank.Cli.Embedded;
using Rerank.Ingest.Jobs;
using Rerank.Shared.Hosting;
using Rerank.Shared.Messaging;

namespace Rerank.Cli.Commands;

/// <summary>A verb's connection, and the private server that was started for it, if any.</summary>
internal sealed class BrokerSession(Broker broker, EmbeddedBroker? embedded) : IAsyncDisposable
{
    internal Broker Broker => broker;

    /// <summary>A job that the user named.</summary>
    /// <exception cref="StageFailedException">There is none of that name.</exception>
    internal async Task<JobStatus> FindJobAsync(string name, CancellationToken cancellationToken)
    {
        var ledger = await JobLedger.OpenAsync(broker, cancellationToken);
        return await ledger.FindAsync(name, cancellationToken)
            ?? throw new StageFailedException(ExitCode.Failed, $"There is no job '{name}'; rerank jobs lists them.");
    }

    public async ValueTask DisposeAsync()
    {
        await broker.DisposeAsync();
        if (embedded is not null)
            await embedded.DisposeAsync();
    }
}
