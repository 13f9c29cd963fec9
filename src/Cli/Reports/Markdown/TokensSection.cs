using Rerank.Cli.Reports.Figures;

namespace Rerank.Cli.Reports.Markdown;

/// <summary>Throughput in tokens, which does not depend on how long the texts are.</summary>
internal static class TokensSection
{
    internal static void Write(RunReport report, MarkdownText text)
    {
        text.Block("## Tokens and padding").Line();
        text.Table(
            ["Config", "Pairs/s", "Tokens/s", "Tokens a pass", "Padding Waste"],
            report.Configurations.Select(configuration => (IReadOnlyList<string>)
            [
                Wording.Settings(configuration.Configuration, "conc"),
                Figure.Fixed(configuration.PairsPerSecond, 1),
                Figure.Fixed(configuration.TokensPerSecond, 0),
                Figure.Fixed((double?)configuration.Passes?.TokensReal / configuration.Passes?.Passes, 0),
                Figure.Percent(configuration.Passes?.PaddingWaste),
            ]));
    }
}
