using System.Text;
using Rerank.Shared.Contracts;

namespace Rerank.Cli.Output;

internal sealed record StatusView(JobView Job, IReadOnlyList<ScorerHeartbeat> Scorers)
{
    internal string ToText()
    {
        var text = new StringBuilder();
        void Line(string what, object? value) => text.Append($"{what,-12}{value}\n");
        Line("job", $"{Job.Job} ({Job.Kind}, {Job.State})");
        Line("dataset", Job.Output is null ? Job.Dataset : $"{Job.Dataset} in {Job.Output}");
        Line("model", Job.Model);
        if (Job.Published is { } published)
            Line("published", $"{published:N0}{(Job.Total is null ? " so far" : "")}");
        Line("waiting", $"{Job.Waiting:N0}, and {Job.InProgress:N0} being scored");
        Line("written", $"{Job.Written:N0}");
        Line("dead", $"{Job.Dead:N0}");
        foreach (var scorer in Scorers)
        {
            Line("scorer", $"{scorer.Scorer}: {scorer.Model} on {scorer.Backend}, {scorer.Lanes} lanes, {scorer.PairsScored:N0} pairs");
            foreach (var line in scorer.Pace is { } pace ? PaceText.Lines(pace) : [])
                Line("", line);
        }

        return text.ToString().TrimEnd();
    }
}
