namespace Rerank.IntegrationTests.Compose;

/// <summary>What of a service of compose.yaml these tests use; variables have their defaults.</summary>
/// <param name="Environment">As the container would see it.</param>
/// <param name="Mounts">Path in the container → path in the checkout, or name of a volume.</param>
/// <param name="Replicas">Containers of it.</param>
/// <param name="Target">Stage of the Dockerfile; null for a service that uses an image.</param>
/// <param name="Restart">The restart policy.</param>
internal sealed record ComposeService(
    IReadOnlyDictionary<string, string> Environment,
    IReadOnlyDictionary<string, string> Mounts,
    int Replicas,
    string? Target,
    string Restart);
