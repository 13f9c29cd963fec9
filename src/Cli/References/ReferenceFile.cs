using System.Text.Json;
using Rerank.Cli.Output;
using Rerank.Shared.Hosting;

namespace Rerank.Cli.References;

/// <summary>Published scores in JSON lines.</summary>
internal static class ReferenceFile
{
    /// <exception cref="StageFailedException">There is no such file, or a line is no reference: the message names it.</exception>
    internal static IReadOnlyList<Reference> Read(string path)
    {
        if (!File.Exists(path))
            throw new StageFailedException(ExitCode.WrongUsage, $"--reference is '{path}'; there is no such file.");
        return
        [
            .. File.ReadLines(path)
                .Index()
                .Where(line => !string.IsNullOrWhiteSpace(line.Item))
                .Select(line => Parse(line.Item, line.Index + 1, out var problem)
                    ?? throw new StageFailedException(ExitCode.WrongUsage, $"{path}:{line.Index + 1}: {problem}.")),
        ];
    }

    private static Reference? Parse(string text, int line, out string? problem)
    {
        try
        {
            var row = JsonSerializer.Deserialize(text, CliJson.Default.ReferenceRow);
            problem = ProblemOf(row);
            if (problem is not null)
                return null;
            var (digits, tolerance) = (row!.Score.GetRawText(), row.Tolerance.ToString());
            if (Tolerance.Parse(tolerance, digits) is { } parsed)
                return new Reference(line, row.Model!, row.Query!, row.Document!, row.Score.GetDouble(), row.Kind == "sigmoid", parsed);
            problem = $"\"tolerance\" is '{tolerance}'; it must be {Tolerance.Forms}";
        }
        catch (JsonException e)
        {
            problem = $"not a JSON object of a reference: {e.Message}";
        }

        return null;
    }

    private static string? ProblemOf(ReferenceRow? row)
    {
        if (row is not { Model: not null, Query: not null, Document: not null })
            return "\"model\", \"query\" and \"document\" are required strings";
        if (row.Score.ValueKind != JsonValueKind.Number)
            return "\"score\" must be a number";
        if (row.Kind is not (null or "logit" or "sigmoid"))
            return $"\"kind\" is '{row.Kind}'; it must be logit or sigmoid";
        return row.Tolerance.ValueKind is JsonValueKind.String or JsonValueKind.Number ? null : $"\"tolerance\" must be {Tolerance.Forms}";
    }
}
