namespace Rerank.Scorer.Models.Hub;

/// <summary>Which hub, and with how much patience.</summary>
public sealed record HubOptions
{
    /// <summary>Environment variable with the address of another hub.</summary>
    public const string EndpointVariable = "HF_ENDPOINT";

    /// <summary>Environment variable with the token.</summary>
    public const string TokenVariable = "HF_TOKEN";

    private const string DefaultEndpoint = "https://huggingface.co";

    /// <summary>Address without a slash at its end. Default <c>https://huggingface.co</c>.</summary>
    public required Uri Endpoint { get; init; }

    /// <summary>Sent to <see cref="Endpoint"/> and to no other host. Default none.</summary>
    public string? Token { get; init; }

    /// <summary>Where pulled models are kept. Default <see cref="ModelCache.DefaultFolder"/>.</summary>
    public string CacheFolder { get; init; } = ModelCache.DefaultFolder;

    /// <summary>Attempts after the first one that bring nothing. Default 5.</summary>
    public int Retries { get; init; } = 5;

    /// <summary>Pause before the first of them, doubled for each further one and jittered. Default 500 ms.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Longest pause that is granted to a hub that names one. Default 5 minutes.</summary>
    public TimeSpan MaxRetryAfter { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Silence after which a connection counts as cut. Default 30 s.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>From <c>HF_ENDPOINT</c>, <c>HF_TOKEN</c> and <c>RERANK_CACHE</c>.</summary>
    /// <param name="endpoint">Wins over <c>HF_ENDPOINT</c>.</param>
    /// <exception cref="ModelException">The address is none of http or https.</exception>
    public static HubOptions FromEnvironment(string? endpoint = null)
    {
        var (text, setting) = endpoint is not null
            ? (endpoint, "The hub's address")
            : (Set(EndpointVariable) ?? DefaultEndpoint, EndpointVariable);
        if (!Uri.TryCreate(text.TrimEnd('/'), UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            throw new ModelException($"{setting} is '{text}'; it must be an address such as {DefaultEndpoint}.");
        return new HubOptions { Endpoint = uri, Token = Set(TokenVariable) };
    }

    private static string? Set(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;
}
