using System.CommandLine;
using System.CommandLine.Parsing;

namespace Rerank.Cli.Commands;

/// <summary>Refuses <c>--output ""</c>, mostly a variable of a script that is not set: no option and no argument means anything by it.</summary>
internal static class EmptyValues
{
    /// <summary>Adds the check to a command and all below it.</summary>
    internal static Command Refused(Command command)
    {
        command.Validators.Add(Validate);
        foreach (var verb in command.Subcommands)
            Refused(verb);
        return command;
    }

    private static void Validate(CommandResult command)
    {
        foreach (var symbol in command.Children.Where(child => child is not CommandResult && child.Tokens.Any(token => token.Value.Length == 0)))
        {
            var name = symbol is OptionResult option ? option.Option.Name : ((ArgumentResult)symbol).Argument.Name;
            symbol.AddError($"{name} is empty; give it a value or leave it out.");
        }
    }
}
