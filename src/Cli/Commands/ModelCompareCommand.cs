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
    private readonly Argument<string?> _b = new("B")
    {
        Description = "Another one. Without it: A in passes of up to 32 rows, against A with each pair alone.",
        Arity = ArgumentArity.ZeroOrOne,
    };
    private readonly Option<string> _input = new("--input") { Description = "Pairs, as for run; all of them in memory.", HelpName = "F", Required = true };
    private readonly Option<string?> _qrels = new("--qrels") { Description = "Judgements, for nDCG@10 of both.", HelpName = "FILE" };
    private readonly Option<bool> _json = CommonOptions.Json();

    internal ModelCompareCommand()
        : base("compare", "Scores the same pairs with two models, or with one alone and in large passes, on the CPU, and says how far they agree.")
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
        var b = parse.GetValue(_b) is { } other ? await OpenedModel.OpenAsync(other, TimeProvider.System, cancellationToken) : null;
        var pairs = PairFile.Read(parse.GetRequiredValue(_input));
        var qrels = parse.GetValue(_qrels) is { } path ? Qrels.Read(path) : null;

        var (first, second) = b is null
            ? (Score(a, pairs, PassSize.Alone, cancellationToken), Score(a, pairs, PassSize.Large, cancellationToken))
            : (Score(a, pairs, PassSize.Usual, cancellationToken), Score(b, pairs, PassSize.Usual, cancellationToken));
        var comparison = ModelComparison.Of(NameOf(a, first), NameOf(b ?? a, second), pairs, first.Logits, second.Logits, qrels);
        if (parse.GetValue(_json))
            JsonLine.Write(comparison, CliJson.Default.ModelComparison);
        else
            Console.Out.WriteLine(comparison.ToText());
        return ExitCode.Done;
    }

    private static PairScores Score(ModelFolder model, IReadOnlyList<Pair> pairs, PassSize size, CancellationToken cancellationToken)
    {
        using var scorer = PairScorer.Load(model);
        return scorer.Score([.. pairs.Select(pair => (pair.Query, pair.Document))], size, cancellationToken);
    }

    private static string NameOf(ModelFolder model, PairScores scores) =>
        $"{model.Identity}, {scores.Passes:N0} passes of up to {scores.MostRows} {(scores.MostRows == 1 ? "row" : "rows")}";
}
