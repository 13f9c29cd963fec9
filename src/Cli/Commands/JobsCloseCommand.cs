using System.CommandLine;
using Rerank.Ingest.Jobs;
using Rerank.Shared.Hosting;

namespace Rerank.Cli.Commands;

/// <summary><c>jobs close</c>: says that no more pairs will be published to a job.</summary>
internal sealed class JobsCloseCommand : Command
{
    private readonly Argument<string> _name = new("NAME") { Description = "Name of the job." };
    private readonly BrokerOptions _broker = new();

    internal JobsCloseCommand()
        : base("close", "Ends a job that others published to: it is complete when what is there is done.")
    {
        Arguments.Add(_name);
        _broker.AddTo(this);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        var name = parse.GetRequiredValue(_name);
        await using var session = await _broker.OpenAsync(parse, cancellationToken);
        var ledger = await JobLedger.OpenAsync(session.Broker, cancellationToken);
        await ledger.ClosePublishedAsync(name, cancellationToken);
        Console.Out.WriteLine($"{name} is closed");
        return ExitCode.Done;
    }
}
