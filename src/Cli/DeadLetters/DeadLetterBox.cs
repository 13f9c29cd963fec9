using System.Text.Json;
using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;
using Rerank.Shared.Contracts;
using Rerank.Shared.Messaging;
using Rerank.Shared.Topology;

namespace Rerank.Cli.DeadLetters;

/// <summary>The dead letters of one job.</summary>
internal sealed class DeadLetterBox(Broker broker, JobSpec spec)
{
    private string Subject => broker.Names.DeadSubject(spec.Dataset, spec.Job);

    /// <summary>The letters that still count, by ordinal, those without one last.</summary>
    internal async Task<IReadOnlyList<StoredLetter>> ReadAsync(CancellationToken cancellationToken)
    {
        var byIdentity = new Dictionary<PairIdentity, StoredLetter>();
        var others = new List<StoredLetter>();
        await foreach (var stored in ReadEventsAsync(cancellationToken))
        {
            if (stored.Letter.Ordinal is not { } ordinal)
                others.Add(stored);
            else if (stored.Letter.Kind == DeadLetterKind.Retry)
                byIdentity.Remove(new PairIdentity(stored.Letter.Epoch, ordinal));
            else
                byIdentity[new PairIdentity(stored.Letter.Epoch, ordinal)] = stored;
        }

        return [.. byIdentity.Values.OrderBy(stored => stored.Letter.Epoch).ThenBy(stored => stored.Letter.Ordinal), .. others];
    }

    /// <summary>
    /// Publishes the pair of a letter again. First the word that it is not dead any more: a Sink that learned it after the pair's score
    /// would take the job for incomplete.
    /// </summary>
    internal async Task RetryAsync(StoredLetter stored, CancellationToken cancellationToken)
    {
        var letter = stored.Letter;
        var retry = letter with { Kind = DeadLetterKind.Retry, Original = [] };
        // The sequence makes the ids new for each letter, and the same when this command is repeated at once.
        var id = $"{spec.Job}:{letter.Epoch}:{letter.Ordinal}:retry:{stored.Sequence}";
        await broker.PublishDeadAsync(retry, spec.Dataset, id, cancellationToken);

        var headers = new NatsHeaders { [PairHeaders.Ordinal] = $"{letter.Ordinal}" };
        if (spec.Kind == JobKind.Published)
            headers[PairHeaders.Epoch] = $"{letter.Epoch}";
        await broker.Publisher.PublishAsync(broker.Names.PairsSubject(spec.Job), letter.Original, id, headers, cancellationToken);
    }

    private async IAsyncEnumerable<StoredLetter> ReadEventsAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var stream = await broker.JetStream.GetStreamAsync(broker.Names.DeadStream, cancellationToken: cancellationToken);
        var next = 1UL;
        while (await FindFromAsync(stream, next, cancellationToken) is { } stored)
        {
            yield return stored;
            next = stored.Sequence + 1;
        }
    }

    private async Task<StoredLetter?> FindFromAsync(INatsJSStream stream, ulong sequence, CancellationToken cancellationToken)
    {
        try
        {
            var found = await stream.GetAsync(new StreamMsgGetRequest { Seq = sequence, NextBySubj = Subject }, cancellationToken);
            var letter = JsonSerializer.Deserialize(found.Message.Data.Span, WireJson.Default.DeadLetter);
            return new StoredLetter(found.Message.Seq, letter!);
        }
        catch (NatsJSApiException e) when (e.Error.ErrCode == JetStreamError.NoMessage)
        {
            return null;
        }
    }
}
