using System.Reflection;

namespace Rerank.Shared;

/// <summary>Version of this build, as it is written into job specs and footers.</summary>
public static class ToolVersion
{
    public static string Text { get; } =
        typeof(ToolVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
}
