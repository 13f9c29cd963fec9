using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using NATS.Client.Core;
using Rerank.Scorer.Models;
using Rerank.Shared.Contracts;
using Rerank.Shared.Messaging;
using Rerank.Shared.Topology;

namespace Rerank.Scorer.Pulling;

/// <summary>
/// Watches the jobs, pulls from those whose model is this Scorer's, and shares the window among them. A finished job is let go; one
/// that is no longer finished (<c>dead retry</c>) is taken up again.
/// </summary>
internal sealed class ServedJobs(Broker broker, KvDocuments jobs, ModelFolder model, int pullTarget, TimeProvider time, ILogger logger)
{
    // A share of one would have the lanes wait for every single pair of the job that has some, beside jobs that have none.
    private const int LeastShare = 4;

    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<string, (ServedJob Job, CancellationTokenSource Stop, Task Pulling)> _served = new(StringComparer.Ordinal);
    private readonly Lock _sharing = new();
    private int _pullTarget = pullTarget;

    // Jobs that are left to others, or broken, by the revision of the spec that says so: each is told once, not at every flush of its Sink.
    private readonly Dictionary<string, ulong> _refused = new(StringComparer.Ordinal);

    /// <summary>Runs until cancelled, then waits for the pullers to end.</summary>
    /// <param name="pull">Pulls from one job until cancelled.</param>
    /// <param name="cancellationToken">Ends all pulling.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    internal async Task RunAsync(Func<ServedJob, CancellationToken, Task> pull, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            while (true)
            {
                try
                {
                    await WatchAsync((job, token) => PullAsync(pull, job, ending, token), ending.Token);
                }
                catch (NatsException e)
                {
                    Log.WatchFailed(logger, e.Message);
                }

                await Task.Delay(PauseAfterFailure, time, ending.Token);
            }
        }
        finally
        {
            await ending.CancelAsync();
            await Task.WhenAll(_served.Keys.Select(LetGoAsync));
        }
    }

    /// <summary>So many pairs should be here from now on, of all jobs together. Thread-safe.</summary>
    internal void Share(int newPullTarget)
    {
        lock (_sharing)
        {
            _pullTarget = newPullTarget;
            Share();
        }
    }

    /// <summary>Pulls from a job; a fault ends all pulling, and is rethrown where the job is let go.</summary>
    private static async Task PullAsync(
        Func<ServedJob, CancellationToken, Task> pull, ServedJob job, CancellationTokenSource all, CancellationToken cancellationToken)
    {
        try
        {
            await pull(job, cancellationToken);
        }
        catch when (!cancellationToken.IsCancellationRequested)
        {
            await all.CancelAsync();
            throw;
        }
    }

    private async Task WatchAsync(Func<ServedJob, CancellationToken, Task> pull, CancellationToken cancellationToken)
    {
        // Both ".spec" and ".sink" decide whether a job is served; one watch keeps the decisions in order.
        await foreach (var key in jobs.WatchKeysAsync(">", cancellationToken))
        {
            if (Names.JobOfSpecOrSinkKey(key) is not { } job)
                continue;
            try
            {
                await ConsiderAsync(job, pull, cancellationToken);
            }
            catch (JsonException e)
            {
                // One document that cannot be read must not keep a Scorer from the other jobs.
                Log.UnreadableJob(logger, key, e.Message);
            }
        }
    }

    private async Task ConsiderAsync(string job, Func<ServedJob, CancellationToken, Task> pull, CancellationToken cancellationToken)
    {
        var spec = await jobs.FindAsync(Names.SpecKey(job), WireJson.Default.JobSpec, cancellationToken);
        var sink = await jobs.FindAsync(Names.SinkKey(job), WireJson.Default.SinkState, cancellationToken);
        var wanted = spec is not null && sink is not { Value.Complete: true };
        if (!wanted)
        {
            await LetGoAsync(job);
            return;
        }

        var (found, revision) = (spec!.Value.Value, spec.Value.Revision);
        if (_served.ContainsKey(job) || (_refused.TryGetValue(job, out var refused) && refused == revision))
            return;
        if (!await IsOursAsync(found, cancellationToken))
        {
            _refused[job] = revision;
            return;
        }

        var stream = await broker.JetStream.GetStreamAsync(broker.Names.PairsStream, cancellationToken: cancellationToken);
        var served = new ServedJob(found, stream.Info.Created.ToUnixMicroseconds(), new PullCredits(LeastShare));
        var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _served[job] = (served, stop, pull(served, stop.Token));
        Share();
        Log.Serving(logger, job, model.Identity);
    }

    /// <summary>Whether the job asks for this Scorer's model; the first Scorer to say so binds the job to the model's full identity.</summary>
    private async Task<bool> IsOursAsync(JobSpec spec, CancellationToken cancellationToken)
    {
        if (spec.Model != model.Id && spec.Model != model.Identity)
        {
            Log.OtherModel(logger, spec.Job, spec.Model, model.Identity);
            return false;
        }

        if (model.LengthProblem(spec.MaxLength) is { } problem)
        {
            Log.WrongLength(logger, spec.Job, spec.MaxLength, problem);
            return false;
        }

        var key = Names.ModelKey(spec.Job);
        if (await jobs.TryCreateAsync(key, model.Identity, WireJson.Default.String, cancellationToken) is not null)
            return true;

        var bound = await jobs.FindAsync(key, WireJson.Default.String, cancellationToken);
        if (bound?.Value == model.Identity)
            return true;

        Log.BoundToOtherModel(logger, spec.Job, bound?.Value ?? "?", model.Identity);
        return false;
    }

    private async Task LetGoAsync(string job)
    {
        if (!_served.TryRemove(job, out var served))
            return;

        await served.Stop.CancelAsync();
        try
        {
            await served.Pulling;
        }
        catch (OperationCanceledException)
        {
            // Asked for.
        }

        served.Stop.Dispose();
        Share();
    }

    private void Share()
    {
        lock (_sharing)
        {
            var share = Math.Max(LeastShare, _pullTarget / Math.Max(1, _served.Count));
            foreach (var (_, served) in _served)
                served.Job.Credits.SetShare(share);
        }
    }
}
