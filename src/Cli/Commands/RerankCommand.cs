using System.CommandLine;
using System.CommandLine.Help;

namespace Rerank.Cli.Commands;

/// <summary>All verbs. A new one is a class in this folder that derives from <see cref="Command"/>, and a line here.</summary>
internal static class RerankCommand
{
    internal static Command Create() => EmptyValues.Refused(new Command("rerank", "Scores (query, document) pairs with a cross-encoder, from a queue into Parquet.")
    {
        new HelpOption(),
        new VersionOption(),
        new DemoCommand(),
        new RunCommand(),
        new JobsCommand(),
        new StatusCommand(),
        new DeadCommand(),
        new TokenizeCommand(),
        new ModelCommand(),
        new EvalCommand(),
        new ReportCommand(),
        new BenchCommand(),
        new DoctorCommand(),
    });
}
