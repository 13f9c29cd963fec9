using System.Globalization;
using Rerank.TestKit;

namespace Rerank.UnitTests.Scorer.Simulation;

/// <summary>Rows of the reference's own result tables, where they lie beside the checkout.</summary>
internal static class ReferenceResults
{
    /// <summary>The last run of an experiment in the first file that has it; null where the results are not there.</summary>
    internal static IReadOnlyList<ReferenceRow>? Find(string experiment) =>
        Repository.Shared("seeds") is not { } folder
            ? null
            : Directory.EnumerateFiles(folder)
                .Order(StringComparer.Ordinal)
                .Select(file => Rows(File.ReadLines(file), experiment))
                .FirstOrDefault(rows => rows.Count > 0);

    private static List<ReferenceRow> Rows(IEnumerable<string> lines, string experiment)
    {
        List<ReferenceRow> rows = [];
        string[] columns = [];
        var inside = false;
        foreach (var line in lines)
        {
            var cells = line.Split('|', StringSplitOptions.TrimEntries);
            if (line.StartsWith('#') && line.TrimStart('#', ' ').Split(' ')[0] == experiment)
                (inside, rows) = (true, []);
            else if (line.StartsWith("## ", StringComparison.Ordinal) && line != "## Results Summary")
                inside = false;
            else if (inside && cells.Contains("TP Avg"))
                columns = cells;
            else if (inside && columns.Length > 0 && cells.Length == columns.Length && char.IsDigit(cells[1].FirstOrDefault()))
                rows.Add(new ReferenceRow((int)Cell("Batch"), (int)Cell("Conc"), Cell("TP Avg")));

            double Cell(string column) =>
                double.Parse(cells[Array.IndexOf(columns, column)].Replace("ms", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
        }

        return rows;
    }
}
