using System.Collections.Concurrent;
using System.Globalization;
using NATS.Client.Core;
using Rerank.Shared.Contracts;
using Rerank.Shared.Hosting;
using Rerank.Shared.Messaging;

namespace Rerank.Cli.Bench.Measuring;

/// <summary>
/// Listens to the scores of one job by core NATS and answers its requests. Core NATS repeats nothing: a lost connection, a dropped message
/// or a dead letter fails every request instead of leaving it waiting.
/// </summary>
internal sealed class Answers : IAsyncDisposable
{
    private readonly Broker _broker;
    private readonly string _job;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<long, OpenRequest> _requests = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _reading = Task.CompletedTask;

    private Answers(Broker broker, string job, TimeProvider time)
    {
        _time = time;
        _broker = broker;
        _job = job;
    }

    /// <summary>Never completes but with the reason why nothing more can be answered.</summary>
    internal Task Failed => _failed.Task;

    internal static async Task<Answers> ListenAsync(Broker broker, string dataset, string job, TimeProvider time, CancellationToken cancellationToken)
    {
        var answers = new Answers(broker, job, time);
        broker.Connection.MessageDropped += answers.OnDropped;
        broker.Connection.ConnectionDisconnected += answers.OnDisconnected;
        var scores = await broker.Connection.SubscribeCoreAsync<byte[]>(broker.Names.ScoresSubject(dataset, job), cancellationToken: cancellationToken);
        var dead = await broker.Connection.SubscribeCoreAsync<byte[]>(broker.Names.DeadSubject(dataset, job), cancellationToken: cancellationToken);
        // The server has both before the first pair is sent.
        await broker.Connection.PingAsync(cancellationToken);
        answers._reading = Task.WhenAll(answers.ReadScoresAsync(scores), answers.ReadDeadAsync(dead));
        return answers;
    }

    /// <summary>Must be called before the first pair of the request is sent.</summary>
    internal OpenRequest Open(long request, int pairs) => _requests[request] = new OpenRequest(pairs);

    public async ValueTask DisposeAsync()
    {
        _broker.Connection.MessageDropped -= OnDropped;
        _broker.Connection.ConnectionDisconnected -= OnDisconnected;
        await _stop.CancelAsync();
        await _reading;
        _stop.Dispose();
    }

    private async Task ReadScoresAsync(INatsSub<byte[]> subscription)
    {
        await using (subscription)
        {
            try
            {
                await foreach (var message in subscription.Msgs.ReadAllAsync(_stop.Token))
                    OnScores(message.Data!);
            }
            catch (OperationCanceledException)
            {
                // The measurement has ended.
            }
            catch (FormatException e)
            {
                Fail(e.Message);
            }
        }
    }

    private async Task ReadDeadAsync(INatsSub<byte[]> subscription)
    {
        await using (subscription)
        {
            try
            {
                await foreach (var _ in subscription.Msgs.ReadAllAsync(_stop.Token))
                    Fail($"a pair of {_job} became a dead letter; rerank dead list tells why");
            }
            catch (OperationCanceledException)
            {
                // The measurement has ended.
            }
        }
    }

    private void OnScores(byte[] message)
    {
        var now = _time.GetTimestamp();
        foreach (var row in ScoredBatchCodec.Decode(message).Rows)
        {
            var (request, number) = Place(row.Id);
            if (_requests.TryGetValue(request, out var open))
                open.OnScored(number, now);
        }
    }

    private static (long Request, int Number) Place(string id)
    {
        var dash = id.IndexOf('-', StringComparison.Ordinal);
        return (long.Parse(id.AsSpan(0, dash), CultureInfo.InvariantCulture), int.Parse(id.AsSpan(dash + 1), CultureInfo.InvariantCulture));
    }

    private ValueTask OnDropped(object? sender, NatsMessageDroppedEventArgs dropped)
    {
        Fail($"a message of {dropped.Subject} was dropped on its way to the callers");
        return ValueTask.CompletedTask;
    }

    private ValueTask OnDisconnected(object? sender, NatsEventArgs disconnected)
    {
        Fail("the callers lost their connection to the broker, and may have missed scores");
        return ValueTask.CompletedTask;
    }

    private void Fail(string reason)
    {
        var exception = new StageFailedException(ExitCode.Failed, $"The measurement is void: {reason}.");
        _failed.TrySetException(exception);
        foreach (var request in _requests.Values)
            request.Fail(exception);
    }
}
