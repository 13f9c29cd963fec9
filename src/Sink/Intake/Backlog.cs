using NATS.Client.JetStream.Models;
using Rerank.Shared.Messaging;

namespace Rerank.Sink.Intake;

/// <summary>What of a job is still on its way. PAIRS and SCORES keep a message until it is acknowledged, so their counts include what is being worked on.</summary>
internal sealed class Backlog(Broker broker, string dataset)
{
    /// <summary>Whether no pair of the job is left, and nothing of it waits for the Sink. Pairs are asked first: they leave only after their result has come.</summary>
    public async ValueTask<bool> IsEmptyAsync(string job, CancellationToken cancellationToken) =>
        await NoPairsAsync(job, cancellationToken)
        && await CountAsync(broker.Names.ScoresStream, broker.Names.ScoresSubject(dataset, job), cancellationToken) == 0
        && await NoLettersAsync(cancellationToken);

    /// <summary>Whether every pair of the job has a result.</summary>
    public async ValueTask<bool> NoPairsAsync(string job, CancellationToken cancellationToken) =>
        await CountAsync(broker.Names.PairsStream, broker.Names.PairsSubject(job), cancellationToken) == 0;

    /// <summary>Messages of each job of the namespace on PAIRS.</summary>
    public ValueTask<IReadOnlyDictionary<string, long>> PairsAsync(CancellationToken cancellationToken) =>
        CountsAsync(broker.Names.PairsStream, broker.Names.AllPairs, cancellationToken);

    /// <summary>Messages of each job of the dataset on SCORES.</summary>
    public ValueTask<IReadOnlyDictionary<string, long>> ScoresAsync(CancellationToken cancellationToken) =>
        CountsAsync(broker.Names.ScoresStream, broker.Names.ScoresOfDataset(dataset), cancellationToken);

    private async ValueTask<bool> NoLettersAsync(CancellationToken cancellationToken)
    {
        var consumer = await broker.Setup.EnsureDeadConsumerAsync(dataset, cancellationToken);
        return consumer.Info is { NumPending: 0, NumAckPending: 0 };
    }

    private async ValueTask<long> CountAsync(string stream, string subject, CancellationToken cancellationToken) =>
        (await CountsAsync(stream, subject, cancellationToken)).Values.Sum();

    private async ValueTask<IReadOnlyDictionary<string, long>> CountsAsync(string stream, string filter, CancellationToken cancellationToken)
    {
        var found = await broker.JetStream.GetStreamAsync(stream, new StreamInfoRequest { SubjectsFilter = filter }, cancellationToken);
        return found.Info.State.Subjects?.ToDictionary(subject => subject.Key[(subject.Key.LastIndexOf('.') + 1)..], subject => (long)subject.Value)
            ?? [];
    }
}
