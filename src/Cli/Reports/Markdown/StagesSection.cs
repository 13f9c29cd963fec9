using Rerank.Cli.Reports.Figures;

namespace Rerank.Cli.Reports.Markdown;

/// <summary>Where the time went, a line a configuration.</summary>
internal static class StagesSection
{
    internal static void Write(RunReport report, MarkdownText text)
    {
        if (!report.Configurations.Any(configuration => configuration.Stages is not null))
            return;
        text.Block("## Where the time went (means, ms)").Line();
        text.Table(
            ["Config", "Latency", "Queue", "Tokenize", "Window", "Inference", "Publish", "Other", "Explained"],
            report.Configurations.Select(configuration => Row(Wording.Settings(configuration.Configuration, "conc"), configuration.Stages)));
        text.Block(
            "Queue: until a Scorer received the pair. Window: ready, until its forward pass started. Publish: until the score was durable. "
            + "Queue wait, from receipt by the queue to the start of the pass, is queue + window.");
    }

    private static string[] Row(string name, StageTimes? stages) =>
    [
        name, Ms(stages?.LatencyMs), Ms(stages?.BrokerMs), Ms(stages?.TokenizeMs), Ms(stages?.WindowMs), Ms(stages?.InferenceMs),
        Ms(stages?.PublishMs), Ms(stages?.OtherMs), Figure.Percent(stages?.ExplainedShare),
    ];

    private static string Ms(double? value) => Figure.Fixed(value, 2);
}
