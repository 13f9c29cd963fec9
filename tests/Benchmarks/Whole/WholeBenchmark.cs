using Rerank.Scorer.Models;
using Rerank.Scorer.Tokenization;
using Rerank.Shared.Hosting;
using Rerank.TestKit;

namespace Rerank.Benchmarks.Whole;

/// <summary>The pipeline beside bare loops and another program, over the same pairs and the same ONNX file, in one run.</summary>
internal static class WholeBenchmark
{
    /// <returns>1 if a system computes something else than the pipeline.</returns>
    internal static async Task<int> RunAsync(string[] arguments)
    {
        try
        {
            return await RunAsync(WholeOptions.Parse(arguments), arguments);
        }
        catch (UsageException e)
        {
            Console.Error.WriteLine(e.Message);
            return ExitCode.WrongUsage;
        }
    }

    private static async Task<int> RunAsync(WholeOptions options, string[] arguments)
    {
        var load = HostFacts.Load();
        using var folder = TemporaryFolder.Create();
        var model = ModelFolder.Open(options.Model);
        var tokenizer = PairTokenizer.Load(model.TokenizerFolder);
        var workload = WholeWorkload.Create(options.Workload, options.Pairs, tokenizer, folder.Path);
        using var sessions = new BareSessions(model, tokenizer.PadTokenId);
        var contenders = Contenders.Create(options, model, workload, sessions, folder.Path);

        var results = await new Contest(options, workload.Lengths.Length).RunAsync(contenders);
        var text = new WholeReport(options, arguments, model, workload, results).Text(contenders, load);
        Console.Out.WriteLine(text);
        if (options.Output is not null)
            await File.WriteAllTextAsync(options.Output, text);
        var agreement = new Agreement(results);
        return results.All(agreement.Holds) ? ExitCode.Done : ExitCode.Failed;
    }
}
