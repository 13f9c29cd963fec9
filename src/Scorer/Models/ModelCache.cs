namespace Rerank.Scorer.Models;

/// <summary>The folder for what is made or fetched once a user.</summary>
public static class ModelCache
{
    /// <summary>Environment variable that names another folder.</summary>
    public const string Variable = "RERANK_CACHE";

    /// <summary>
    /// <c>RERANK_CACHE</c>, else <c>~/Library/Caches/rerank</c> on macOS, else <c>$XDG_CACHE_HOME/rerank</c> or <c>~/.cache/rerank</c>.
    /// </summary>
    public static string DefaultFolder => Path.GetFullPath(Set(Variable) ?? Path.Combine(UserCache(), "rerank"));

    private static string UserCache()
    {
        if (OperatingSystem.IsWindows())
            return Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);
        // A container's user may have no home at all.
        if (home.Length == 0)
            home = Path.GetTempPath();
        return OperatingSystem.IsMacOS()
            ? Path.Combine(home, "Library", "Caches")
            : Set("XDG_CACHE_HOME") ?? Path.Combine(home, ".cache");
    }

    private static string? Set(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : null;
}
