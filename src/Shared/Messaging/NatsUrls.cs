namespace Rerank.Shared.Messaging;

/// <summary>What can be an address of a NATS server.</summary>
internal static class NatsUrls
{
    private const string SchemeEnd = "://";

    private static readonly string[] Schemes = ["nats", "tls", "ws", "wss"];

    /// <summary>The first part of a list separated by commas that the client would not take; null if it takes all.</summary>
    internal static string? FindInvalid(string? urls) =>
        (urls ?? "").Split(',', StringSplitOptions.TrimEntries).FirstOrDefault(url => !IsValid(url));

    private static bool IsValid(string url)
    {
        var full = url.Contains(SchemeEnd, StringComparison.Ordinal) ? url : $"nats{SchemeEnd}{url}";
        return Uri.TryCreate(full, UriKind.Absolute, out var uri) && Schemes.Contains(uri.Scheme) && uri.Host.Length > 0;
    }
}
