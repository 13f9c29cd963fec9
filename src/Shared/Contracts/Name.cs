namespace Rerank.Shared.Contracts;

/// <summary>Names of jobs, datasets and namespaces: they become parts of subjects, folders and KV keys.</summary>
public static class Name
{
    public const int MaxLength = 64;

    public const string Rule = "1 to 64 of the characters A-Z a-z 0-9 _ -";

    public static bool IsValid(string? name) =>
        name is { Length: > 0 and <= MaxLength } && !name.AsSpan().ContainsAnyExcept(Allowed);

    /// <summary>The text with every other character replaced by <c>-</c>, cut to <paramref name="maxLength"/>.</summary>
    public static string From(string text, int maxLength)
    {
        var name = string.Create(Math.Min(text.Length, maxLength), text, static (span, source) =>
        {
            for (var i = 0; i < span.Length; i++)
                span[i] = Allowed.Contains(source[i]) ? source[i] : '-';
        });
        return name.Length == 0 ? "-" : name;
    }

    private static readonly System.Buffers.SearchValues<char> Allowed =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");
}
