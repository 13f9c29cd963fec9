using Rerank.Cli.Reports.Figures;

namespace Rerank.Cli.Reports.Markdown;

/// <summary>The configurations of two runs that have the same settings; null where one run lacks them.</summary>
internal sealed record ConfigurationPair(string Name, ConfigurationReport? A, ConfigurationReport? B)
{
    internal static IReadOnlyList<ConfigurationPair> Of(RunReport a, RunReport b)
    {
        var inA = a.Configurations.ToLookup(Settings);
        var inB = b.Configurations.ToLookup(Settings);
        return [.. inA.Select(group => group.Key).Union(inB.Select(group => group.Key))
            .Select(name => new ConfigurationPair(name, inA[name].FirstOrDefault(), inB[name].FirstOrDefault()))];
    }

    private static string Settings(ConfigurationReport report) => Wording.Settings(report.Configuration, "conc");
}
