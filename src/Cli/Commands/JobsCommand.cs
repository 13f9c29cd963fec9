using System.CommandLine;
using Rerank.Cli.Output;
using Rerank.Ingest.Jobs;
using Rerank.Shared.Hosting;

namespace Rerank.Cli.Commands;

/// <summary><c>jobs</c>: lists the jobs of a broker, opens one for other publishers, and closes it.</summary>
internal sealed class JobsCommand : Command
{
    private readonly BrokerOptions _broker = new();
    private readonly Option<bool> _json = CommonOptions.Json();

    internal JobsCommand()
        : base("jobs", "Lists the jobs of a broker; opens and closes those that others publish to.")
    {
        AddListTo(this);
        var list = new Command("list", "Lists the jobs.");
        AddListTo(list);
        Subcommands.Add(list);
        Subcommands.Add(new JobsOpenCommand());
        Subcommands.Add(new JobsCloseCommand());
    }

    private void AddListTo(Command command)
    {
        _broker.AddTo(command);
        command.Options.Add(_json);
        command.SetAction(ListAsync);
    }

    private async Task<int> ListAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        await using var session = await _broker.OpenAsync(parse, cancellationToken);
        var ledger = await JobLedger.OpenAsync(session.Broker, cancellationToken);
        var jobs = new List<JobView>();
        await foreach (var job in ledger.ListAsync(cancellationToken))
            jobs.Add(JobView.Of(job));

        if (parse.GetValue(_json))
            JsonLine.Write(new JobList(jobs), CliJson.Default.JobList);
        else if (jobs.Count == 0)
            Console.Out.WriteLine("There are no jobs.");
        foreach (var job in parse.GetValue(_json) ? [] : jobs)
            Console.Out.WriteLine(job.ToLine());
        return ExitCode.Done;
    }
}
