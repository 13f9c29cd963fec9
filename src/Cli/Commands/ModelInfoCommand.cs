using System.CommandLine;
using Rerank.Cli.Output;
using Rerank.Scorer.Models;
using Rerank.Shared.Hosting;

namespace Rerank.Cli.Commands;

/// <summary><c>model info</c>: what a model folder is.</summary>
internal sealed class ModelInfoCommand : Command
{
    private readonly Option<string> _model = new("--model")
    {
        Description = "Model folder, ORG/NAME of a hub if it was pulled, or a built-in model.",
        HelpName = "M",
        DefaultValueFactory = _ => "builtin:lexical",
    };
    private readonly Option<bool> _json = CommonOptions.Json();

    internal ModelInfoCommand()
        : base("info", "Describes a model.")
    {
        Options.Add(_model);
        Options.Add(_json);
        SetAction(Run);
    }

    private int Run(ParseResult parse)
    {
        var info = ModelInfo.Of(ModelFolder.Open(parse.GetRequiredValue(_model)));
        if (parse.GetValue(_json))
            JsonLine.Write(info, CliJson.Default.ModelInfo);
        else
            Console.Out.WriteLine(info.ToText());
        return ExitCode.Done;
    }
}
