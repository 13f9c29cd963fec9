using System.CommandLine;
using System.Globalization;
using Rerank.Cli.Commands;
using Rerank.Cli.Output;
using Rerank.Cli.Running;
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

        Console.SetError(new StreamWriter(new LenientStream(Console.OpenStandardError()), Console.Error.Encoding) { AutoFlush = true });

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
            return await FailAsync(e.ExitCode, e.Message);
        }
        catch (Exception e) when (e is BrokerUnavailableException or IOException or UnauthorizedAccessException)
        {
            return await FailAsync(ExitCode.Failed, e.Message);
        }
        catch (Exception e)
        {
            return await FailAsync(ExitCode.Failed, $"This is a fault of rerank itself; please report it with these lines:\n{e}");
        }
    }

    private static async Task<int> FailAsync(int exitCode, string message)
    {
        await Console.Error.WriteLineAsync(StageSettings.InOptions(message));
        return exitCode;
    }
}
