using Rerank.Cli.Reports.Figures;

namespace Rerank.Cli.Reports.Markdown;

/// <summary>Where an open-loop sweep stops keeping up; nothing where there is no such sweep.</summary>
internal static class SaturationSection
{
    internal static void Write(RunReport report, MarkdownText text)
    {
        if (report.Saturation is { } saturation)
            text.Block("## Saturation").Block(Sentence(saturation));
    }

    internal static string Sentence(Saturation saturation)
    {
        var most = $"The most that was answered is {Figure.Fixed(saturation.HighestPairsPerSecond, 1)} pairs/s.";
        var share = Figure.Percent(Saturation.KeptUp, 0);
        return saturation switch
        {
            { OverloadedRate: null } =>
                $"Every rate up to {Figure.Fixed(saturation.SustainedRate, 1)} pairs/s was kept up with ({share} of it answered); saturation lies above. {most}",
            { SustainedRate: null } =>
                $"Already {Figure.Fixed(saturation.OverloadedRate, 1)} pairs/s, the lowest rate offered, was not kept up with ({share} of it answered). {most}",
            _ => $"Between {Figure.Fixed(saturation.SustainedRate, 1)} pairs/s, which was kept up with ({share} of it answered), and "
                + $"{Figure.Fixed(saturation.OverloadedRate, 1)} pairs/s, which was not. {most}",
        };
    }
}
