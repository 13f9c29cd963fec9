using System.CommandLine;
using System.Globalization;
using Rerank.Cli.Commands;
using Rerank.Shared.Hosting;
using Rerank.Shared.Messaging;

namespace Rerank.Cli;

/// <summary>The tool <c>rerank</c>: from arguments to the exit code of the process.</summary>
public static class CommandLine
{
    /// <summary>Runs one verb. Results go to stdout, everything else to stderr; the codes are those of <see cref="ExitCode"/>.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

        // An argument is what the user typed: "@name" is a name here, not a file of arguments.
        var parsing = new ParserConfiguration { ResponseFileTokenReplacer = null };
        var parse = RerankCommand.Create().Parse(args, parsing);
        if (parse.Errors.Count > 0)
            return await UsageError.ReportAsync(parse);

        using var interruption = new Interruption();
        var invocation = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
        try
        {
            return await parse.InvokeAsync(invocation, interruption.Token);
        }
        catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
        catch (StageFailedException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return e.ExitCode;
        }
        catch (Exception e) when (e is BrokerUnavailableException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return ExitCode.Failed;
        }
    }
}
