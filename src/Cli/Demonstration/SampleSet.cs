using System.Text;
using Rerank.Cli.Evaluation;
using Rerank.Shared.Contracts;
using Rerank.Shared.Hosting;

namespace Rerank.Cli.Demonstration;

/// <summary>The samples that come with the tool: pairs, judgements and the order before.</summary>
/// <param name="PairsPath">The pairs, as <c>run --input</c> takes them.</param>
/// <param name="Pairs">The same, read.</param>
/// <param name="Qrels">A judgement for each pair.</param>
/// <param name="FirstStage">The order before.</param>
internal sealed record SampleSet(string PairsPath, IReadOnlyList<Pair> Pairs, Qrels Qrels, Ranking FirstStage)
{
    /// <summary>Beside the program, where the build copies the repository's <c>samples</c>.</summary>
    internal static string DefaultFolder { get; } = Path.Combine(AppContext.BaseDirectory, "samples");

    /// <exception cref="StageFailedException">A file is missing or damaged.</exception>
    internal static SampleSet Load(string folder)
    {
        var pairs = Path.Combine(folder, "pairs.jsonl");
        if (!File.Exists(pairs))
            throw new StageFailedException(ExitCode.Failed, $"The samples are not at '{folder}'; build the tool again.");
        return new SampleSet(
            pairs,
            [.. File.ReadLines(pairs).Select((line, i) => Decode(pairs, i + 1, line))],
            Qrels.Read(Path.Combine(folder, "qrels.txt")),
            RunFile.Read(Path.Combine(folder, "first-stage.run")));
    }

    private static Pair Decode(string path, int number, string line)
    {
        var decoded = PairCodec.Decode(Encoding.UTF8.GetBytes(line));
        return decoded.Pair ?? throw new StageFailedException(ExitCode.Failed, $"{path}:{number}: {decoded.Detail}");
    }
}
