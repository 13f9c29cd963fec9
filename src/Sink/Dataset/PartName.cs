using System.Globalization;
using Rerank.Shared.Contracts;

namespace Rerank.Sink.Dataset;

/// <summary>Names of the Parquet files. The number at their end is not used twice by a job, so that no file is ever written over.</summary>
internal static class PartName
{
    public const string Pattern = "part-*.parquet";

    public static string Scores(IntervalSet ordinals, long number) =>
        $"part-{ordinals.Intervals[0].First}-{ordinals.Intervals[^1].Last}-{number}.parquet";

    public static string Empty(long number) => $"part-empty-{number}.parquet";

    public static string Batches(string job, long number) => $"part-{job}-{number}.parquet";

    /// <summary>The highest number among a job's files, 0 if there are none.</summary>
    public static long HighestNumber(DatasetFolder folder, string job)
    {
        var scores = Directory.Exists(folder.ScoresOf(job)) ? Directory.EnumerateFiles(folder.ScoresOf(job), Pattern) : [];
        var batches = Directory.Exists(folder.Batches)
            ? Directory.EnumerateFiles(folder.Batches, $"part-{job}-*.parquet", SearchOption.AllDirectories)
            : [];
        return scores.Concat(batches).Select(NumberOf).DefaultIfEmpty(0).Max();
    }

    private static long NumberOf(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        return long.TryParse(name.AsSpan(name.LastIndexOf('-') + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : 0;
    }
}
