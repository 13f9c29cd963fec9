using System.CommandLine;

namespace Rerank.Cli.Commands;

/// <summary><c>model</c>: model folders.</summary>
internal sealed class ModelCommand : Command
{
    internal ModelCommand()
        : base("model", "Makes and describes model folders.")
    {
        Subcommands.Add(new ModelInfoCommand());
        Subcommands.Add(new ModelSynthCommand());
        Subcommands.Add(new ModelOptimizeCommand());
        Subcommands.Add(new ModelQuantizeCommand());
    }
}
