using Rerank.Benchmarks.Whole;
using Rerank.Scorer.Models;
using Rerank.Scorer.Tokenization;
using Rerank.Shared.Hosting;
using Rerank.TestKit;

namespace Rerank.Benchmarks.Steady;

/// <summary>
/// The pipeline in the midst of a job beside bare loops and another program, in turns of a few seconds: what the machine does meanwhile
/// to one, it does to all.
/// </summary>
internal static class SteadyBenchmark
{
    private const int Pairs = 4000;
    private static readonly TimeSpan TurnTime = TimeSpan.FromSeconds(3);

    // What stood still fills the caches again.
    private static readonly TimeSpan Uncounted = TimeSpan.FromSeconds(0.3);

    internal static async Task<int> RunAsync(string[] arguments)
    {
        try
        {
            await RunAsync(SteadyOptions.Parse(arguments), arguments);
            return ExitCode.Done;
        }
        catch (UsageException e)
        {
            Console.Error.WriteLine(e.Message);
            return ExitCode.WrongUsage;
        }
    }

    private static async Task RunAsync(SteadyOptions options, string[] arguments)
    {
        var load = HostFacts.Load();
        using var folder = TemporaryFolder.Create();
        var model = ModelFolder.Open(options.Model);
        var tokenizer = PairTokenizer.Load(model.TokenizerFolder);
        var workload = WholeWorkload.Create(options.Workload, Pairs, tokenizer, folder.Path);
        using var sessions = new BareSessions(model, tokenizer.PadTokenId);
        var seconds = PipelineTaker.WarmUp + (options.Rounds * (TurnTime + Uncounted));
        var takers = await Takers.CreateAsync(options, model, workload, sessions, folder.Path, seconds);
        try
        {
            foreach (var taker in takers)
            {
                Console.Error.WriteLine($"preparing {taker.Key}");
                await taker.PrepareAsync();
            }

            var turns = takers.ToDictionary(taker => taker, _ => new List<Turn>());
            for (var round = 1; round <= options.Rounds; round++)
            {
                Console.Error.WriteLine($"round {round} of {options.Rounds}");
                foreach (var taker in takers)
                    turns[taker].Add(await TakeTurnAsync(taker));
            }

            var figures = new List<TurnFigures>();
            foreach (var taker in takers)
                figures.Add(TurnFigures.Of(taker, turns[taker], await taker.EndAsync()));
            var text = new SteadyReport(options, arguments, model, workload, figures).Text(load, TurnTime);
            Console.Out.WriteLine(text);
            if (options.Output is not null)
                await File.WriteAllTextAsync(options.Output, text);
        }
        finally
        {
            foreach (var taker in takers)
                await taker.DisposeAsync();
        }
    }

    private static async Task<Turn> TakeTurnAsync(ITurnTaker taker)
    {
        var resumed = Stretch.Now;
        taker.Resume();
        await Task.Delay(Uncounted, TimeProvider.System);
        var (from, cpu) = (Stretch.Now, taker.CpuSeconds);
        await Task.Delay(TurnTime, TimeProvider.System);
        var (until, used) = (Stretch.Now, taker.CpuSeconds - cpu);
        await taker.PauseAsync();
        return new Turn(new Stretch(resumed, Stretch.Now), new Stretch(from, until), used);
    }
}
