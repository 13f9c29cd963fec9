using System.CommandLine;

namespace Rerank.Cli.Commands;

/// <summary><c>dead</c>: the pairs that could not be scored.</summary>
internal sealed class DeadCommand : Command
{
    internal DeadCommand()
        : base("dead", "Lists, shows and retries the pairs of a job that could not be scored.")
    {
        Subcommands.Add(new DeadListCommand());
        Subcommands.Add(new DeadShowCommand());
        Subcommands.Add(new DeadRetryCommand());
    }
}
