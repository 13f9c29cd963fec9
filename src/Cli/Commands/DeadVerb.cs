using System.CommandLine;
using Rerank.Cli.DeadLetters;
using Rerank.Shared.Hosting;

namespace Rerank.Cli.Commands;

/// <summary>What the verbs under <c>dead</c> have in common: a job, a broker, the job's letters.</summary>
internal abstract class DeadVerb : Command
{
    private readonly Argument<string> _job = new("JOB") { Description = "Name of the job." };
    private readonly BrokerOptions _broker = new();

    private protected DeadVerb(string name, string description)
        : base(name, description)
    {
        Arguments.Add(_job);
        _broker.AddTo(this);
        Options.Add(Json);
        SetAction(RunAsync);
    }

    private protected Option<bool> Json { get; } = CommonOptions.Json();

    private protected abstract Task RunAsync(ParseResult parse, string job, DeadLetterBox box, CancellationToken cancellationToken);

    private async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        var name = parse.GetRequiredValue(_job);
        await using var session = await _broker.OpenAsync(parse, cancellationToken);
        var job = await session.FindJobAsync(name, cancellationToken);
        await RunAsync(parse, name, new DeadLetterBox(session.Broker, job.Spec), cancellationToken);
        return ExitCode.Done;
    }
}
