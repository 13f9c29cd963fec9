using Rerank.Benchmarks.Whole;
using Rerank.Scorer.Models;

namespace Rerank.Benchmarks.Steady;

/// <summary>All that take turns, in their order.</summary>
internal static class Takers
{
    private const string Arrival = "bare loop, 32 rows in arrival order";
    private const string Bare32OneCaller = "bare32threads";
    private const int ProbePairs = 400;
    private const int Seed = 1;

    internal static string Limit(int rows) => $"limit{rows}";

    /// <summary>A caller of one thread a core, and one caller with a thread a core.</summary>
    internal static IReadOnlyList<string> FixedRows => [Contenders.Bare32, Bare32OneCaller];

    internal static IReadOnlyList<string> Limits => [.. Contenders.LimitRows.Select(Limit)];

    /// <param name="options">Which of them.</param>
    /// <param name="model">The folder.</param>
    /// <param name="workload">The pairs.</param>
    /// <param name="sessions">For the bare loops.</param>
    /// <param name="work">A folder for files.</param>
    /// <param name="running">For how long each runs at most.</param>
    /// <exception cref="UsageException">A name of <c>--only</c> is unknown.</exception>
    internal static async Task<IReadOnlyList<ITurnTaker>> CreateAsync(
        SteadyOptions options, ModelFolder model, WholeWorkload workload, BareSessions sessions, string work, TimeSpan running)
    {
        // A bare loop over sorted pairs is what no pipeline is faster than, so that a job of as many pairs lasts.
        var probe = new BareSystem("probe", workload, sessions.OneThread, sessions.Cores, lengths => PassCuts.Sorted(lengths, 2));
        await probe.MeasureAsync(ProbePairs);
        var fastest = (await probe.MeasureAsync(ProbePairs)).PairsPerSecond;
        var pairs = (int)(fastest * 1.3 * running.TotalSeconds);

        ITurnTaker[] all =
        [
            new PipelineTaker(
                Contenders.Pipeline, "the pipeline, its own passes", options.Model, model, workload, pairs, FolderOf(Contenders.Pipeline), NoSettings),
            .. Contenders.LimitRows.Select(rows => new BareTaker(
                Limit(rows),
                $"limit: bare loop, all pairs sorted, {Contenders.Rows(rows)}",
                workload,
                sessions.OneThread,
                sessions.Cores,
                Mixed(PassCuts.Sorted(workload.Lengths, rows)))),
            new BareTaker(Contenders.Bare32, Arrival, workload, sessions.OneThread, sessions.Cores, PassCuts.Arrival(workload.Lengths, 32)),
            new BareTaker(Bare32OneCaller, $"{Arrival}, 1 caller of {sessions.Cores} threads", workload, sessions.AllThreads, 1, PassCuts.Arrival(workload.Lengths, 32)),
            .. TransformersJs.WhyMissing(model) is null
                ? new[]
                {
                    new PeerTaker(Contenders.Peer32, 32, model, workload, FolderOf(Contenders.Peer32)),
                    new PeerTaker(Contenders.PeerBest, 1, model, workload, FolderOf(Contenders.PeerBest)),
                }
                : [],
        ];
        return options.Only.FirstOrDefault(key => all.All(taker => taker.Key != key)) is { } unknown
            ? throw new UsageException($"There is no system '{unknown}' here. There are {string.Join(", ", all.Select(taker => taker.Key))}.")
            : [.. all.Where(taker => options.Only.Count == 0 || options.Only.Contains(taker.Key))];

        string FolderOf(string key) => Directory.CreateDirectory(Path.Combine(work, key)).FullName;
    }

    private static Dictionary<string, string> NoSettings => [];

    /// <summary>In an order by chance: sorted ones would give each turn lengths of its own.</summary>
    private static int[][] Mixed(IReadOnlyList<int[]> passes)
    {
        int[][] mixed = [.. passes];
        new Random(Seed).Shuffle(mixed);
        return mixed;
    }
}
