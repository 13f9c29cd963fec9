namespace Rerank.Cli.Running;

/// <summary>How a finished run ended; the JSON object of <c>run --json</c>.</summary>
/// <param name="Job">Name of the job.</param>
/// <param name="Rows">Rows of the job in the dataset.</param>
/// <param name="Dead">Ordinals that are dead letters.</param>
/// <param name="Total">Records of the source.</param>
/// <param name="Scored">Pairs that this run scored; fewer than <paramref name="Rows"/> after a resumption.</param>
/// <param name="Seconds">Wall clock from the start of the stages to the end of the job; null if nothing was left to do.</param>
/// <param name="PairsPerSecond"><paramref name="Scored"/> by <paramref name="Seconds"/>; null if nothing was left to do.</param>
/// <param name="AlreadyComplete">Nothing was left to do.</param>
/// <param name="Output">Full path of the dataset.</param>
/// <param name="Scores">Glob of the job's Parquet files.</param>
internal sealed record RunResult(
    string Job,
    long Rows,
    long Dead,
    long Total,
    long Scored,
    double? Seconds,
    double? PairsPerSecond,
    bool AlreadyComplete,
    string Output,
    string Scores)
{
    /// <summary>The glob as a person types it: relative where it is below the current folder.</summary>
    internal string ScoresHere
    {
        get
        {
            var relative = Path.GetRelativePath(Environment.CurrentDirectory, Scores);
            return relative.StartsWith("..", StringComparison.Ordinal) ? Scores : relative;
        }
    }

    internal string ToText()
    {
        var dead = Dead > 0 ? $", {Dead:N0} dead (rerank dead list {Job} --output '{Output}')" : "";
        return AlreadyComplete
            ? $"{Job} is already complete: {Rows:N0} rows{dead}\n{ScoresHere}"
            : $"{Job} is complete: {Rows:N0} rows{dead}, {Scored:N0} scored in {Seconds:N1} s, {PairsPerSecond:N1} pairs/s\n{ScoresHere}";
    }
}
