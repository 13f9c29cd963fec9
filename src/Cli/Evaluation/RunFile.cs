using System.Globalization;

namespace Rerank.Cli.Evaluation;

/// <summary>A TREC run: what a first stage found, with its scores. As in trec_eval the scores count, not the ranks written beside them.</summary>
internal static class RunFile
{
    private const string Layout = "query Q0 document rank score tag";

    internal static Ranking Read(string path)
    {
        var ranking = new Ranking();
        TrecLines.Read(path, Layout, fieldCount: 6, fields =>
        {
            if (!float.TryParse(fields[4], NumberStyles.Float, CultureInfo.InvariantCulture, out var score) || float.IsNaN(score))
                return $"the score '{fields[4]}' is not a number";
            return ranking.Add(fields[0], fields[2], score) ? null : $"document '{fields[2]}' comes twice for query '{fields[0]}'";
        });
        return ranking;
    }
}
