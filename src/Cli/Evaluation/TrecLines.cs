using Rerank.Shared.Hosting;

namespace Rerank.Cli.Evaluation;

/// <summary>Files of one record a line, its fields separated by white space.</summary>
internal static class TrecLines
{
    /// <summary>Hands every non-blank line to <paramref name="read"/>, which returns what is wrong with it, or null.</summary>
    /// <param name="path">The file.</param>
    /// <param name="layout">Names of the fields, for the error message.</param>
    /// <param name="fieldCount">Fields of a record.</param>
    /// <param name="read">Takes the fields of one line.</param>
    /// <exception cref="StageFailedException">There is no such file, or a line is malformed: the message names file and line.</exception>
    internal static void Read(string path, string layout, int fieldCount, Func<string[], string?> read)
    {
        if (!File.Exists(path))
            throw new StageFailedException(ExitCode.WrongUsage, $"There is no file '{path}'.");

        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            var fields = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length == 0)
                continue;
            var problem = fields.Length == fieldCount ? read(fields) : $"{fields.Length} fields instead of {fieldCount}";
            if (problem is not null)
                throw new StageFailedException(ExitCode.Failed, $"{path}:{number}: {problem}; a line is '{layout}'.");
        }
    }
}
