using System.Text.Json;

namespace Rerank.Cli.References;

/// <summary>A published score, a line of a reference file.</summary>
/// <param name="Model">As its publisher names it, perhaps with a file or precision behind the name.</param>
/// <param name="Query">Query text.</param>
/// <param name="Document">Document text.</param>
/// <param name="Score">A number; its digits count where the tolerance is "printed".</param>
/// <param name="Kind"><c>logit</c> (default) or <c>sigmoid</c>.</param>
/// <param name="Tolerance">See <see cref="References.Tolerance"/>.</param>
internal sealed record ReferenceRow(string? Model, string? Query, string? Document, JsonElement Score, string? Kind, JsonElement Tolerance);
