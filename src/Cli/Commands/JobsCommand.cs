using System.CommandLine;
using Rerank.Shared.Hosting;
using Rerank.Shared.Topology;

namespace Rerank.Cli.Commands;

/// <summary><c>jobs</c>: which jobs a broker knows.</summary>
internal sealed class JobsCommand : Command
{
    private readonly BrokerOptions _broker = new();
    private readonly Option<bool> _json = CommonOptions.Json();

    internal JobsCommand()
        : base("jobs", "Lists the jobs of a broker.")
    {
        _broker.AddTo(this);
        Options.Add(_json);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        await using var broker = await _broker.ConnectAsync(parse, cancellationToken);
        var jobs = await broker.JobsAsync(cancellationToken);
        await foreach (var key in jobs.KeysAsync("*.spec", cancellationToken))
            Console.WriteLine(Names.JobOfSpecKey(key));
        return ExitCode.Done;
    }
}
