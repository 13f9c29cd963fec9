using System.Text.Json.Serialization;

namespace Rerank.Cli.Output;

/// <summary>A line of <c>tokenize</c>'s input; other members are ignored.</summary>
internal sealed record TextPair([property: JsonRequired] string Query, [property: JsonRequired] string Document);
