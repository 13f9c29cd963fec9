using System.Threading.Channels;
using Rerank.Shared.Messaging;

namespace Rerank.Sink.Intake;

/// <summary>Reports jobs whose spec or whose Ingest's state appears or changes in KV; at first all that are there.</summary>
internal sealed class JobWatch(KvDocuments jobs, ChannelWriter<SinkEvent> events)
{
    /// <summary>Runs until cancelled.</summary>
    public async Task RunAsync(string filter, CancellationToken cancellationToken)
    {
        await foreach (var key in jobs.WatchKeysAsync(filter, cancellationToken))
            await events.WriteAsync(new SinkEvent.JobChanged(key[..key.IndexOf('.')]), cancellationToken);
    }
}
