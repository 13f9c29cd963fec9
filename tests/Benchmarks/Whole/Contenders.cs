using Rerank.Scorer.Models;

namespace Rerank.Benchmarks.Whole;

/// <summary>All that are compared, in the order of their turns.</summary>
internal static class Contenders
{
    internal const string Pipeline = "pipeline";
    internal const string Run = "run";
    internal const string PipelineFixed32 = "pipeline32";
    internal const string PipelineFixed8 = "pipeline8";
    internal const string Limit = "limit";
    internal const string Bare32 = "bare32";
    internal const string Bare8 = "bare8";
    internal const string LookAhead = "lookahead";
    internal const string Peer32 = "peer32";
    internal const string PeerBest = "peer";

    internal static readonly int[] LimitRows = [1, 2, 4];

    private const int LookAheadPasses = 8;
    private static readonly int[] PeerBatches = [1, 2, 4, 8, 16];

    /// <exception cref="UsageException">A name of <c>--only</c> is unknown.</exception>
    internal static IReadOnlyList<Contender> Create(
        WholeOptions options, ModelFolder model, WholeWorkload workload, BareSessions sessions, string work)
    {
        Contender[] all =
        [
            OfPipeline(Pipeline, "the pipeline, file to Parquet, its own passes"),
            new(Run, "`rerank run`, compiled while it runs", [new RunSystem(Callers(sessions), options.Tool, options.Model, workload, FolderOf(Run))]),
            OfPipeline(PipelineFixed32, "the pipeline, 32 rows in arrival order", 32),
            OfPipeline(PipelineFixed8, "the pipeline, 8 rows in arrival order", 8),
            new(Limit, "limit: bare loop, all pairs sorted", [.. LimitRows.Select(Sorted)]),
            new(Bare32, "bare loop, 32 rows in arrival order", Layouts(lengths => PassCuts.Arrival(lengths, 32))),
            new(Bare8, "bare loop, 8 rows in arrival order", Layouts(lengths => PassCuts.Arrival(lengths, 8))),
            new(
                LookAhead,
                "bare loop, 32 rows, 256 pairs sorted at a time",
                Layouts(lengths => PassCuts.LookAhead(lengths, 32, LookAheadPasses))),
            OfPeer(Peer32, "transformers.js, 32 rows in arrival order", [32]),
            OfPeer(PeerBest, "transformers.js, its best rows in arrival order", PeerBatches),
        ];
        if (options.Only.FirstOrDefault(key => all.All(contender => contender.Key != key)) is { } unknown)
        {
            var keys = string.Join(", ", all.Select(contender => contender.Key));
            throw new UsageException($"There is no system '{unknown}'. There are {keys}.");
        }

        return [.. all.Where(contender => options.Only.Count == 0 || options.Only.Contains(contender.Key))];

        Contender OfPipeline(string key, string title, int? rows = null)
        {
            var settings = rows is null
                ? new Dictionary<string, string>()
                : new Dictionary<string, string> { ["Scorer__Adaptive"] = "false", ["Scorer__FixedRows"] = $"{rows}" };
            return new Contender(
                key,
                title,
                [new PipelineSystem(Callers(sessions), options.Model, model, workload, options.WarmUpPairs, FolderOf(key), settings)]);
        }

        string FolderOf(string key) => Directory.CreateDirectory(Path.Combine(work, key)).FullName;

        Contender OfPeer(string key, string title, int[] batches) => new(
            key,
            title,
            [.. from batch in batches
                from threads in new[] { 1, sessions.Cores }.Distinct()
                select new TransformersJs(model, workload, batch, threads, options.PeerPairs)],
            TransformersJs.WhyMissing(model));

        BareSystem Sorted(int rows) => new(
            $"{Rows(rows)}, {Callers(sessions)}",
            workload,
            sessions.OneThread,
            sessions.Cores,
            lengths => PassCuts.Sorted(lengths, rows));

        ISystem[] Layouts(Func<IReadOnlyList<int>, IReadOnlyList<int[]>> cut) =>
        [
            new BareSystem(Callers(sessions), workload, sessions.OneThread, sessions.Cores, cut),
            new BareSystem($"1 caller of {sessions.Cores} threads", workload, sessions.AllThreads, callers: 1, cut),
        ];
    }

    private static string Callers(BareSessions sessions) => $"{sessions.Cores} callers of 1 thread";

    internal static string Rows(int rows) => rows == 1 ? "1 row" : $"{rows} rows";
}
