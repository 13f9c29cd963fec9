using Rerank.Cli.Reports.Figures;

namespace Rerank.Cli.Reports.Markdown;

/// <summary>Where the time of a configuration went, in the reference's words.</summary>
internal static class StageSection
{
    internal static void Write(ConfigurationReport report, string tables, MarkdownText text)
    {
        if (report.Stages is not { } stages)
            return;
        text.Block($"{tables} Stage Breakdown").Line();
        text.Table(["Stage", "Percentage"],
        [
            ["Tokenization", Share(stages.TokenizeMs, stages)],
            ["Queue Wait", Share(stages.QueueWaitMs, stages)],
            ["Model Inference", Share(stages.InferenceMs, stages)],
            ["Other/gRPC", Share(stages.PublishMs + stages.OtherMs, stages)],
        ]);
    }

    private static string Share(double? part, StageTimes stages) => Figure.Percent(part / stages.LatencyMs);
}
