namespace Rerank.Scorer.Inference;

/// <summary>Backends by name. One that is not available is refused at start; it never silently becomes another.</summary>
public static class Backends
{
    public const string Auto = "auto";
    public const string Cpu = "cpu";

    /// <summary>What can be chosen on this machine with this build.</summary>
    public static IReadOnlyList<string> Available { get; } = [Auto, Cpu];

    /// <summary>Why the name cannot be used here, or null if it can.</summary>
    public static string? Refusal(string name) =>
        Available.Contains(name, StringComparer.Ordinal) ? null : $"this build runs on this machine: {string.Join(", ", Available)}.";

    /// <summary>The backend that a name stands for.</summary>
    internal static string Resolve(string name) => name == Auto ? Cpu : name;
}
