using System.CommandLine;
using Rerank.Cli.Output;
using Rerank.Scorer.Models.Rewriting;

namespace Rerank.Cli.Commands;

/// <summary><c>model optimize</c>: the same scores for less work.</summary>
internal sealed class ModelOptimizeCommand : Command
{
    private readonly Option<string> _model = new("--model") { Description = "Model folder.", HelpName = "DIR", Required = true };
    private readonly Option<string> _output = new("--output") { Description = "Folder to make.", HelpName = "DIR", Required = true };
    private readonly Option<bool> _json = CommonOptions.Json();

    internal ModelOptimizeCommand()
        : base("optimize", "Makes a model that computes the last layer for the [CLS] row only: the same scores, sooner.")
    {
        foreach (var option in new Option[] { _model, _output, _json })
            Options.Add(option);
        SetAction(Run);
    }

    private int Run(ParseResult parse) => RewriteResult.Print(
        () => ModelOptimizer.Write(parse.GetRequiredValue(_model), parse.GetRequiredValue(_output)), parse.GetValue(_json));
}
