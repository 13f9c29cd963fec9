using System.CommandLine;
using Rerank.Cli.Evaluation;
using Rerank.Cli.Output;
using Rerank.Shared.Hosting;

namespace Rerank.Cli.Commands;

/// <summary><c>eval</c>: how well a dataset's scores rank, before and after.</summary>
internal sealed class EvalCommand : Command
{
    private readonly Option<string> _scores = new("--scores")
    {
        Description = "Folder of the dataset (the --output of run).",
        HelpName = "DIR",
        Required = true,
    };

    private readonly Option<string> _qrels = new("--qrels")
    {
        Description = "Judgements: 'query 0 document relevance' a line.",
        HelpName = "FILE",
        Required = true,
    };

    private readonly Option<string?> _run = new("--run")
    {
        Description = "Order before: 'query Q0 document rank score tag' a line.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _job = new("--job") { Description = "Which job, if the dataset holds several.", HelpName = "JOB" };

    private readonly Option<int> _recallAt = new("--recall-at")
    {
        Description = "Documents a query that recall looks at.",
        HelpName = "K",
        DefaultValueFactory = _ => Quality.Depth,
    };

    private readonly Option<bool> _json = CommonOptions.Json();

    internal EvalCommand()
        : base("eval", "Evaluates scores against judgements: nDCG@10, MRR@10 and recall.")
    {
        Options.Add(_scores);
        Options.Add(_qrels);
        Options.Add(_run);
        Options.Add(_job);
        Options.Add(_recallAt);
        Options.Add(_json);
        _recallAt.Validators.Add(static result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out var depth) && depth < 1)
                result.AddError($"--recall-at is {depth}; it must be at least 1.");
        });
        SetAction(Run);
    }

    private int Run(ParseResult parse)
    {
        var qrels = Qrels.Read(parse.GetRequiredValue(_qrels));
        var depth = parse.GetValue(_recallAt);
        var before = parse.GetValue(_run) is { } run ? Quality.Of(RunFile.Read(run), qrels, depth) : null;
        var scores = DatasetScores.Read(parse.GetRequiredValue(_scores), parse.GetValue(_job));
        var evaluation = new EvaluationResult(scores.Job, scores.Rows, depth, before, Quality.Of(scores.Ranking, qrels, depth));

        if (UnrelatedIds.Warning(qrels, scores.Ranking) is { } warning)
            Console.Error.WriteLine(warning);
        if (parse.GetValue(_json))
            JsonLine.Write(evaluation, CliJson.Default.EvaluationResult);
        else
            EvaluationTable.Write(evaluation, Console.Out);
        return ExitCode.Done;
    }
}
