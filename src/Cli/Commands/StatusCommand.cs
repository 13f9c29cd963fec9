using System.CommandLine;
using Rerank.Cli.Output;
using Rerank.Cli.Running;
using Rerank.Cli.Watching;
using Rerank.Shared.Hosting;

namespace Rerank.Cli.Commands;

/// <summary><c>status</c>: how far a job is, and which Scorers are alive.</summary>
internal sealed class StatusCommand : Command
{
    private readonly Argument<string> _job = new("JOB") { Description = "Name of the job." };
    private readonly BrokerOptions _broker = new();
    private readonly Option<bool> _watch = new("--watch") { Description = "Show it again and again, until the job is complete." };
    private readonly Option<bool> _json = CommonOptions.Json();

    internal StatusCommand()
        : base("status", "Shows how far a job is, and the Scorers that are alive.")
    {
        Arguments.Add(_job);
        _broker.AddTo(this);
        Options.Add(_watch);
        Options.Add(_json);
        Validators.Add(result =>
        {
            if (result.GetValue(_watch) && result.GetValue(_json))
                result.AddError("--json prints one object: leave out --watch, or call it again.");
        });
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        var name = parse.GetRequiredValue(_job);
        await using var session = await _broker.OpenAsync(parse, cancellationToken);
        var job = await session.FindJobAsync(name, cancellationToken);
        if (parse.GetValue(_watch))
            return await WatchAsync(session, name, cancellationToken);
        var status = new StatusView(JobView.Of(job), await Heartbeats.ReadAsync(session.Broker, cancellationToken));
        if (parse.GetValue(_json))
            JsonLine.Write(status, CliJson.Default.StatusView);
        else
            Console.Out.WriteLine(status.ToText());
        return ExitCode.Done;
    }

    private static async Task<int> WatchAsync(BrokerSession session, string job, CancellationToken cancellationToken)
    {
        await using IJobView view = Console.IsOutputRedirected ? new JobLines(Console.Out, TimeProvider.System) : new JobPanel(Console.Out);
        try
        {
            await new JobWatch(session.Broker, job, TimeProvider.System).RunAsync(view, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Somebody has seen enough.
        }

        return ExitCode.Done;
    }
}
