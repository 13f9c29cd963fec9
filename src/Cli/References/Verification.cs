using System.Text;

namespace Rerank.Cli.References;

/// <summary>A model against published scores; the JSON object of <c>model verify</c>.</summary>
/// <param name="Model">Its identity.</param>
/// <param name="Passed">Rows within their tolerance.</param>
/// <param name="Failed">Rows beyond it.</param>
/// <param name="Skipped">Rows for other models.</param>
/// <param name="Worst">The row that uses most of its tolerance; null if none was checked.</param>
/// <param name="Failures">Every row that failed.</param>
internal sealed record Verification(
    string Model, int Passed, int Failed, int Skipped, CheckedRow? Worst, IReadOnlyList<CheckedRow> Failures)
{
    private const int ShownFailures = 10;

    internal static Verification Of(string model, IReadOnlyList<CheckedRow> rows, int skipped)
    {
        var failures = rows.Where(row => !row.Passes).ToArray();
        var worst = rows.MaxBy(row => row.Difference == 0 ? 0 : row.Difference / row.Allowed);
        return new Verification(model, rows.Count - failures.Length, failures.Length, skipped, worst, failures);
    }

    internal string ToText()
    {
        var text = new StringBuilder($"{Model}: {Passed} passed, {Failed} failed, {Skipped} skipped (rows for other models)");
        if (Worst is not null)
            text.Append($"\nworst  {Worst.ToText()}");
        foreach (var failure in Failures.Take(ShownFailures))
            text.Append($"\nfailed {failure.ToText()}");
        if (Failures.Count > ShownFailures)
            text.Append($"\n… and {Failures.Count - ShownFailures} more; --json has all");
        return text.ToString();
    }
}
