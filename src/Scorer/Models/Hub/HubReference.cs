using System.Text.RegularExpressions;

namespace Rerank.Scorer.Models.Hub;

/// <summary>A model of a hub: <c>org/name</c>, <c>org/name@revision</c>, <c>org/name:precision</c> or <c>org/name@revision:precision</c>.</summary>
/// <param name="Id"><c>org/name</c>; letters, digits, dots, dashes and underscores.</param>
/// <param name="Revision">Branch, tag or commit.</param>
/// <param name="Precision">One of <see cref="Precisions"/>.</param>
public sealed partial record HubReference(string Id, string Revision, string Precision)
{
    public const string DefaultRevision = "main";
    public const string DefaultPrecision = "fp32";

    /// <summary>What can be asked for.</summary>
    public static IReadOnlyList<string> Precisions { get; } = [DefaultPrecision, "fp16", "int8", "int4"];

    /// <summary>Null where the text is no such reference. Whatever is accepted is safe as a part of a path and of an address.</summary>
    public static HubReference? TryParse(string text)
    {
        var match = Form().Match(text);
        if (!match.Success || text.Contains("..", StringComparison.Ordinal))
            return null;
        return new HubReference(
            match.Groups["id"].Value,
            match.Groups["revision"] is { Success: true } revision ? revision.Value : DefaultRevision,
            match.Groups["precision"] is { Success: true } precision ? precision.Value : DefaultPrecision);
    }

    public override string ToString() =>
        Id + (Revision == DefaultRevision ? "" : $"@{Revision}") + (Precision == DefaultPrecision ? "" : $":{Precision}");

    [GeneratedRegex(
        @"^(?<id>[A-Za-z0-9_][A-Za-z0-9._-]{0,95}/[A-Za-z0-9_][A-Za-z0-9._-]{0,95})(@(?<revision>[A-Za-z0-9_][A-Za-z0-9._/-]{0,127}))?"
        + @"(:(?<precision>fp32|fp16|int8|int4))?\z",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Form();
}
