using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Polly;
using Polly.Retry;

namespace Rerank.Scorer.Models.Hub;

/// <summary>Speaks to a hub: follows redirects without taking the token along, tries again what may pass.</summary>
internal sealed class HubClient : IDisposable
{
    private const int MaxRedirects = 10;
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly HubOptions _options;
    private readonly TimeProvider _time;
    private readonly HttpClient _http;
    private readonly ResiliencePipeline _retries;

    internal HubClient(HubOptions options, TimeProvider time, Action<string> trouble)
    {
        _options = options;
        _time = time;
        // Followed here, as the handler would send the token to wherever it is sent.
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = options.StallTimeout, UseCookies = false };
        _http = new HttpClient(handler) { Timeout = options.StallTimeout };
        _http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("rerank", "0"));
        _retries = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = Math.Max(1, options.Retries),
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = options.RetryDelay,
                MaxDelay = LongestPause,
                ShouldHandle = arguments => ValueTask.FromResult(MayPass(arguments.Outcome.Exception)),
                DelayGenerator = arguments => ValueTask.FromResult((arguments.Outcome.Exception as HubInterruption)?.RetryAfter),
                OnRetry = arguments =>
                {
                    trouble($"{arguments.Outcome.Exception!.Message}; again in {arguments.RetryDelay.TotalSeconds:0.#} s");
                    return ValueTask.CompletedTask;
                },
            })
            .Build();
    }

    /// <summary>Which commit a revision is, and its files.</summary>
    /// <exception cref="ModelException">The hub has no such model or revision, or keeps it from us.</exception>
    /// <exception cref="HubInterruption">It cannot be reached, however often tried.</exception>
    internal Task<HubRevision> GetRevisionAsync(HubReference reference, CancellationToken cancellationToken) => TryAsync(
        async token =>
        {
            var address = new Uri($"{_options.Endpoint.AbsoluteUri.TrimEnd('/')}/api/models/{reference.Id}/revision/{Uri.EscapeDataString(reference.Revision)}?blobs=true");
            using var response = await GetAsync(address, static _ => { }, token);
            ThrowIfRefused(response, reference, $"no model '{reference.Id}' with revision '{reference.Revision}'");
            return Parse(await ReadAllAsync(response, token), address);
        },
        cancellationToken);

    internal Uri AddressOf(HubReference reference, string commit, HubFile file) => new(
        $"{_options.Endpoint.AbsoluteUri.TrimEnd('/')}/{reference.Id}/resolve/{commit}/{string.Join('/', file.Path.Split('/').Select(Uri.EscapeDataString))}");

    /// <summary>Tries an action until nothing interrupts it, as often as the options say.</summary>
    internal async Task<T> TryAsync<T>(Func<CancellationToken, ValueTask<T>> action, CancellationToken cancellationToken) =>
        await _retries.ExecuteAsync(action, cancellationToken);

    /// <summary>The answer behind all redirects, its body not read yet.</summary>
    /// <exception cref="HubInterruption">There is none.</exception>
    internal async Task<HttpResponseMessage> GetAsync(Uri address, Action<HttpRequestHeaders> prepare, CancellationToken cancellationToken)
    {
        for (var hop = 0; hop <= MaxRedirects; hop++)
        {
            var response = await SendAsync(address, prepare, cancellationToken);
            if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308))
                return response;
            using (response)
                address = Next(address, response.Headers.Location);
        }

        throw ModelException.WorkFailed($"{address} leads from redirect to redirect. Is {HubOptions.EndpointVariable} right?");
    }

    /// <summary>Passes a good answer; explains any other one.</summary>
    /// <exception cref="ModelException">Trying again would not help.</exception>
    /// <exception cref="HubInterruption">It may.</exception>
    internal void ThrowIfRefused(HttpResponseMessage response, HubReference reference, string absent)
    {
        var status = (int)response.StatusCode;
        var ours = IsHub(response.RequestMessage!.RequestUri!);
        if (response.IsSuccessStatusCode)
            return;
        // A refusal of the storage that the hub sent us to: signed addresses run out, and the hub makes new ones.
        if (status is 408 or 429 or >= 500 || (status is 401 or 403 && !ours))
            throw new HubInterruption($"{response.RequestMessage.RequestUri!.Authority} answers {status} ({response.ReasonPhrase})", RetryAfterOf(response));
        throw response.StatusCode switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => ModelException.WorkFailed(
                $"{Hub} refuses '{reference.Id}' ({status}): it is gated or private, or there is no such model. {Access(reference)}"),
            HttpStatusCode.NotFound => new ModelException($"{Hub} has {absent}. Look for the exact name at {Hub}."),
            _ => ModelException.WorkFailed($"{response.RequestMessage.RequestUri} answers {status} ({response.ReasonPhrase}). Is {HubOptions.EndpointVariable} right?"),
        };
    }

    public void Dispose() => _http.Dispose();

    private string Hub => _options.Endpoint.AbsoluteUri.TrimEnd('/');

    private string Access(HubReference reference) => _options.Token is null
        ? $"Set {HubOptions.TokenVariable} to an access token; for a gated model, accept its terms at {Hub}/{reference.Id} first."
        : $"The token in {HubOptions.TokenVariable} does not open it: accept the terms at {Hub}/{reference.Id} with its account, or use another token.";

    private async Task<HttpResponseMessage> SendAsync(Uri address, Action<HttpRequestHeaders> prepare, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        prepare(request.Headers);
        if (_options.Token is { } token && IsHub(address))
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        try
        {
            return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (Exception e) when (e is HttpRequestException or IOException
            || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new HubInterruption($"no answer from {address.Authority}: {(e is OperationCanceledException ? "it took too long" : e.Message)}", e);
        }
    }

    private bool IsHub(Uri address) =>
        Uri.Compare(address, _options.Endpoint, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0;

    private static Uri Next(Uri from, Uri? location)
    {
        if (location is null)
            throw ModelException.WorkFailed($"{from} sends elsewhere without saying where. Is {HubOptions.EndpointVariable} right?");
        var next = new Uri(from, location);
        if (next.Scheme is not ("http" or "https") || (from.Scheme == "https" && next.Scheme != "https"))
            throw ModelException.WorkFailed($"{from.Authority} sends to {next.Scheme}://{next.Authority}, which is not safe; it is not followed.");
        return next;
    }

    private static async Task<byte[]> ReadAllAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            return await response.Content.ReadAsByteArrayAsync(cancellationToken);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new HubInterruption($"the answer of {response.RequestMessage!.RequestUri!.Authority} was cut: {e.Message}", e);
        }
    }

    private static HubRevision Parse(byte[] json, Uri address)
    {
        try
        {
            var document = JsonSerializer.Deserialize(json, HubJson.Default.HubRevisionDocument);
            if (document is { Sha: { } commit, Siblings: not null } && HubCache.IsPlain(commit))
                return document.ToRevision();
        }
        catch (JsonException)
        {
            // The same as JSON without these members.
        }

        throw ModelException.WorkFailed($"{address} does not answer as a hub does: no commit and files. Is {HubOptions.EndpointVariable} right?");
    }

    private bool MayPass(Exception? exception) =>
        exception is HubInterruption interruption && (interruption.RetryAfter ?? TimeSpan.Zero) <= _options.MaxRetryAfter;

    private TimeSpan? RetryAfterOf(HttpResponseMessage response)
    {
        var after = response.Headers.RetryAfter;
        var pause = after?.Delta ?? after?.Date - _time.GetUtcNow();
        return pause < TimeSpan.Zero ? TimeSpan.Zero : pause;
    }
}
