using NATS.Client.Core;
using NATS.Client.JetStream;
using Polly;
using Polly.Retry;

namespace Rerank.Shared.Messaging;

/// <summary>Repeats a question to the broker with growing, jittered pauses while the broker is away. Thread-safe.</summary>
public sealed class BrokerPatience(TimeProvider time)
{
    private readonly ResiliencePipeline _untilAnswered = new ResiliencePipelineBuilder { TimeProvider = time }
        .AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = int.MaxValue,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = TimeSpan.FromMilliseconds(50),
            MaxDelay = TimeSpan.FromSeconds(2),
            ShouldHandle = arguments => ValueTask.FromResult(MeansAway(arguments.Outcome.Exception)),
        })
        .Build();

    public ValueTask<T> ExecuteAsync<T>(Func<CancellationToken, ValueTask<T>> ask, CancellationToken cancellationToken) =>
        _untilAnswered.ExecuteAsync(static (ask, token) => ask(token), ask, cancellationToken);

    private static bool MeansAway(Exception? exception) => exception switch
    {
        // 503: JetStream is starting, or has no leader for the moment.
        NatsJSApiException api => api.Error.Code == 503,
        NatsException => true,
        _ => false,
    };
}
