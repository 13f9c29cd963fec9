using System.CommandLine;
using System.CommandLine.Parsing;
using Rerank.Cli.Commands;
using Rerank.Shared.Hosting;

namespace Rerank.Cli;

/// <summary>What a user sees who typed something that is not a command.</summary>
internal static class UsageError
{
    /// <summary>Writes every error and the help of the verb to stderr; returns the exit code.</summary>
    internal static async Task<int> ReportAsync(ParseResult parse)
    {
        foreach (var error in parse.Errors)
            await Console.Error.WriteLineAsync(WithoutTypeName(error.Message));
        await Console.Error.WriteLineAsync();
        await RerankCommand.Create()
            .Parse([.. Path(parse.CommandResult), "--help"])
            .InvokeAsync(new InvocationConfiguration { Output = Console.Error });
        return ExitCode.WrongUsage;
    }

    /// <summary>The parser names types of .NET; every value that it converts is a whole number.</summary>
    private static string WithoutTypeName(string message) =>
        message.IndexOf(" as expected type '", StringComparison.Ordinal) is var at and > 0
            ? $"{message[..at]}: it must be a whole number{(message.Contains("Int32", StringComparison.Ordinal) ? $" up to {int.MaxValue:N0}" : "")}."
            : message;

    /// <summary>The verbs down to the one that was recognised, without the root.</summary>
    private static IEnumerable<string> Path(CommandResult command) =>
        command.Parent is CommandResult parent ? [.. Path(parent), command.Command.Name] : [];
}
