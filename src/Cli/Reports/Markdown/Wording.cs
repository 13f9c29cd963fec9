using Rerank.Cli.Reports.Figures;
using Rerank.Cli.Reports.Recording;

namespace Rerank.Cli.Reports.Markdown;

/// <summary>Phrases that several formats share.</summary>
internal static class Wording
{
    internal static string Timestamp(RunRecord run) => run.StartedAt.ToString("yyyy-MM-dd HH:mm:ss");

    internal static string DynamicOn(DynamicBatching dynamic)
    {
        string?[] settings =
        [
            dynamic.MaxBatch is { } most ? $"max_batch={most}" : null,
            dynamic.TimeoutMs is { } timeout ? $"timeout={timeout}ms" : null,
        ];
        var given = string.Join(", ", settings.OfType<string>());
        return given.Length == 0 ? "" : $" ({given})";
    }

    /// <summary>Such as <c>batch=32, conc=4</c>, and every other axis of the grid; what the configuration lacks is left out.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="concurrency">The word for concurrency.</param>
    internal static string Settings(ConfigurationRecord configuration, string concurrency)
    {
        List<string> settings = [];
        if (configuration.Batch is { } batch)
            settings.Add($"batch={batch}");
        if (configuration.Concurrency is { } callers)
            settings.Add($"{concurrency}={callers}");
        if (configuration.OfferedRate is { } rate)
            settings.Add($"rate={Figure.Fixed(rate, rate == Math.Floor(rate) ? 0 : 1)}/s");
        settings.AddRange(configuration.Values.Select(value => $"{value.Key}={value.Value}"));
        return settings.Count == 0 ? "all" : string.Join(", ", settings);
    }

    internal static string Total(ConfigurationReport report) =>
        $"**Total:** {report.Pairs} pairs in {Figure.Fixed(report.Seconds, 2, "s")}";
}
