using System.CommandLine;

namespace Rerank.Cli.Commands;

/// <summary><c>model</c>: model folders.</summary>
internal sealed class ModelCommand : Command
{
    internal ModelCommand()
        : base("model", "Gets, makes, checks and describes models.")
    {
        Subcommands.Add(new ModelPullCommand());
        Subcommands.Add(new ModelInfoCommand());
        Subcommands.Add(new ModelSynthCommand());
        Subcommands.Add(new ModelCompareCommand());
        Subcommands.Add(new ModelVerifyCommand());
        Subcommands.Add(new ModelOptimizeCommand());
        Subcommands.Add(new ModelQuantizeCommand());
    }
}
