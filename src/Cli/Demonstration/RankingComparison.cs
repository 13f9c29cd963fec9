using Rerank.Cli.Evaluation;
using Rerank.Shared.Contracts;

namespace Rerank.Cli.Demonstration;

/// <summary>The best documents of one query before and after, side by side, each with its judgement.</summary>
internal sealed class RankingComparison(SampleSet samples, Ranking after)
{
    private const int Shown = 5;
    private const int ColumnWidth = 52;

    private readonly ILookup<string, Pair> _pairs = samples.Pairs.ToLookup(pair => pair.QueryId, StringComparer.Ordinal);

    internal void Write(string query, TextWriter output)
    {
        var texts = _pairs[query].ToDictionary(pair => pair.DocumentId!, pair => pair.Document, StringComparer.Ordinal);
        var judged = samples.Qrels.Of(query);
        string Cell(IReadOnlyList<RankedDocument> ranked, int place) =>
            place < ranked.Count ? Line(judged.GetValueOrDefault(ranked[place].Document), texts[ranked[place].Document]) : "";

        var (before, now) = (samples.FirstStage.Of(query), after.Of(query));
        output.WriteLine(_pairs[query].First().Query);
        output.WriteLine($"     {"before".PadRight(ColumnWidth)}after");
        for (var place = 0; place < Math.Min(Shown, Math.Max(before.Count, now.Count)); place++)
            output.WriteLine($"{place + 1,3}  {Cell(before, place).PadRight(ColumnWidth)}{Cell(now, place)}");
        output.WriteLine();
    }

    private static string Line(int relevance, string text) =>
        $"{(relevance > 0 ? relevance.ToString() : "-")} {Cut(text, ColumnWidth - 4)}";

    /// <summary>The beginning of a text in at most <paramref name="length"/> characters, whole words.</summary>
    internal static string Cut(string text, int length)
    {
        if (text.Length <= length)
            return text;
        var end = text.LastIndexOf(' ', length - 2);
        return text[..(end > 0 ? end : length - 1)].TrimEnd(' ', ',', '.', ':', ';') + "…";
    }
}
