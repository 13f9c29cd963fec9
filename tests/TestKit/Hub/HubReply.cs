namespace Rerank.TestKit.Hub;

/// <summary>An answer of a <see cref="HubDouble"/>.</summary>
/// <param name="Status">Such as 200.</param>
/// <param name="Body">Whole body.</param>
/// <param name="Headers">Beside the content's length.</param>
public sealed record HubReply(int Status, byte[] Body, params (string Name, string Value)[] Headers)
{
    /// <summary>Bytes of the body after which the connection is cut; all if null.</summary>
    public int? CutAfter { get; init; }

    public static HubReply Of(int status, params (string Name, string Value)[] headers) => new(status, [], headers);
}
