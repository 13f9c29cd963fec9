namespace Rerank.TestKit.Hub;

/// <summary>A request to a <see cref="HubDouble"/>.</summary>
/// <param name="ToStorage">It came to the second host, where large files are.</param>
/// <param name="Path">With its query.</param>
/// <param name="Headers">By name, whatever its case.</param>
public sealed record HubRequest(bool ToStorage, string Path, IReadOnlyDictionary<string, string> Headers)
{
    public string? this[string header] => Headers.GetValueOrDefault(header);
}
