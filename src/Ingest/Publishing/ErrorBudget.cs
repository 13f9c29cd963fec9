using Rerank.Ingest.Sources;
using Rerank.Shared.Contracts;
using Rerank.Shared.Hosting;

namespace Rerank.Ingest.Publishing;

/// <summary>Counts the records that are not pairs, and stops a job that has too many of them.</summary>
/// <param name="source">Name of the source, for messages.</param>
/// <param name="maxErrors">How many there may be; null for any number.</param>
/// <param name="bad">How many there have been before.</param>
internal sealed class ErrorBudget(string source, long? maxErrors, long bad)
{
    /// <summary>So many without a single pair before them are not mistakes in a source, but another kind of source.</summary>
    internal const int BadStart = 1000;

    private string? _guess;

    internal long Bad { get; private set; } = bad;

    /// <summary>What the source looks like if none of its records was a pair; null if there was no bad one.</summary>
    internal string? Guess => _guess;

    /// <summary>Counts a bad record, or refuses it: then it is as if it had not been read, and a resumed job meets it again.</summary>
    /// <exception cref="StageFailedException">There are too many.</exception>
    internal void Spend(in SourceRecord record, in PairDecodeResult problem)
    {
        _guess ??= FormatGuess.From(record.Bytes.Span, problem.Reason!);
        if (Bad >= maxErrors)
        {
            throw new StageFailedException(
                ExitCode.Failed,
                $"More than {maxErrors:N0} records of '{source}' are not pairs (--max-errors, Ingest__MaxErrors); the next is line "
                + $"{record.Position.Line:N0}: {problem.Detail} Those before it are kept as dead letters. Raise the limit and repeat the "
                + "command to go on, or mend the source and ingest it under a new job name.");
        }

        if (Bad + 1 >= BadStart && Bad == record.Position.Ordinal)
        {
            throw new StageFailedException(
                ExitCode.Failed,
                $"None of the first {BadStart:N0} records of '{source}' is a pair: {_guess}. Line {record.Position.Line:N0}, for "
                + $"one: {problem.Detail}");
        }

        Bad++;
    }
}
