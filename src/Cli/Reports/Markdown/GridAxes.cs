using Rerank.Cli.Reports.Figures;
using Rerank.Cli.Reports.Recording;

namespace Rerank.Cli.Reports.Markdown;

/// <summary>The axes of a grid beside batch and concurrency.</summary>
internal static class GridAxes
{
    private const string Rate = "Rate";

    /// <summary>In the order in which the configurations name them.</summary>
    internal static IReadOnlyList<string> Of(RunReport report)
    {
        var configurations = report.Configurations.Select(configuration => configuration.Configuration).ToList();
        string[] rate = configurations.Exists(configuration => configuration.OfferedRate is not null) ? [Rate] : [];
        return [.. rate, .. configurations.SelectMany(configuration => configuration.Values.Keys).Distinct()];
    }

    internal static string Value(ConfigurationRecord configuration, string axis) => axis == Rate && configuration.OfferedRate is { } rate
        ? Figure.Fixed(rate, 1)
        : configuration.Values.GetValueOrDefault(axis, Figure.Missing);
}
