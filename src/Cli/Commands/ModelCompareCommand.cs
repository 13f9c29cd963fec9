using System.CommandLine;
using Rerank.Cli.Comparison;
using Rerank.Cli.Evaluation;
using Rerank.Cli.Output;
using Rerank.Cli.Pulling;
using Rerank.Scorer.Inference;
using Rerank.Scorer.Models;
using Rerank.Shared.Contracts;
using Rerank.Shared.Hosting;

namespace Rerank.Cli.Commands;

/// <summary><c>model compare</c>: how far two models agree.</summary>
internal sealed class ModelCompareCommand : Command
{
    private readonly Argument<string> _a = new("A") { Description = "A model: folder, ORG/NAME of a hub, or built-in." };
    private readonly Argument<string> _b = new("B") { Description = "Another one." };
    private readonly Option<string> _input = new("--input") { Description = "Pairs, as for run; all of them in memory.", HelpName = "F", Required = true };
    private readonly Option<string?> _qrels = new("--qrels") { Description = "Judgements, for nDCG@10 of both.", HelpName = "FILE" };
    private readonly Option<bool> _json = CommonOptions.Json();

    internal ModelCompareCommand()
        : base("compare", "Scores the same pairs with two models, on the CPU, and says how far they agree.")
    {
        Arguments.Add(_a);
        Arguments.Add(_b);
        foreach (var option in new Option[] { _input, _qrels, _json })
            Options.Add(option);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        var a = await OpenedModel.OpenAsync(parse.GetRequiredValue(_a), TimeProvider.System, cancellationToken);
        var b = await OpenedModel.OpenAsync(parse.GetRequiredValue(_b), TimeProvider.System, cancellationToken);
        var pairs = PairFile.Read(parse.GetRequiredValue(_input));
        var qrels = parse.GetValue(_qrels) is { } path ? Qrels.Read(path) : null;

        var comparison = ModelComparison.Of(
            a.Identity, b.Identity, pairs, Score(a, pairs, cancellationToken), Score(b, pairs, cancellationToken), qrels);
        if (parse.GetValue(_json))
            JsonLine.Write(comparison, CliJson.Default.ModelComparison);
        else
            Console.Out.WriteLine(comparison.ToText());
        return ExitCode.Done;
    }

    private static float[] Score(ModelFolder model, IReadOnlyList<Pair> pairs, CancellationToken cancellationToken)
    {
        using var scorer = PairScorer.Load(model);
        return scorer.Score([.. pairs.Select(pair => (pair.Query, pair.Document))], alone: false, cancellationToken);
    }
}
