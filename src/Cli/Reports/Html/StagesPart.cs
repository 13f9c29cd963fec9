using Rerank.Cli.Reports.Figures;
using Rerank.Cli.Reports.Markdown;

namespace Rerank.Cli.Reports.Html;

/// <summary>Where the time went.</summary>
internal static class StagesPart
{
    internal static void Write(RunReport report, Markup page)
    {
        var results = report.Configurations.Where(configuration => configuration.Stages is not null).ToList();
        if (results.Count == 0)
            return;
        page.Element("h2", "Where the time went").Raw("<div class=\"charts\">");
        page.Chart(
            "Stages, mean ms",
            StackedBars.Draw(
                "Stages of latency by configuration",
                ["queue", "tokenize", "window", "inference", "publish", "other"],
                [.. results.Select(result => (RunArticle.Name(result), Sizes(result.Stages!)))],
                " ms"),
            "Queue: until a Scorer received the pair. Window: ready, until its forward pass started. Other: what no stage explains, such as the way there and back.");
        page.Chart("Tokens a pair", Lengths(report));
        page.Raw("</div>").Table(
            ["Configuration", "Latency ms", "Queue wait ms", "Inference ms", "Explained"],
            results.Select(result => (IReadOnlyList<string>)
            [
                RunArticle.Name(result), Figure.Fixed(result.Stages!.LatencyMs, 1), Figure.Fixed(result.Stages.QueueWaitMs, 1),
                Figure.Fixed(result.Stages.InferenceMs, 1), Figure.Percent(result.Stages.ExplainedShare),
            ]));
    }

    private static double?[] Sizes(StageTimes stages) =>
        [stages.BrokerMs, stages.TokenizeMs, stages.WindowMs, stages.InferenceMs, stages.PublishMs, stages.OtherMs];

    private static string Lengths(RunReport report) => BarChart.Draw(
        "Pairs by their length in tokens",
        "tokens, special tokens included",
        "pairs",
        [.. (report.Run.Workload?.Lengths ?? []).Select(bin => (Figure.Whole(bin.From), (double)bin.Pairs))],
        colour: 2);
}
