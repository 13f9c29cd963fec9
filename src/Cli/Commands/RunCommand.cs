using System.CommandLine;
using Rerank.Cli.Output;
using Rerank.Cli.Running;
using Rerank.Scorer.Batching;
using Rerank.Shared.Hosting;

namespace Rerank.Cli.Commands;

/// <summary><c>run</c>: a file goes in, a Parquet dataset of scores comes out.</summary>
internal sealed class RunCommand : Command
{
    private readonly Option<string> _input = new("--input") { Description = "File to read, or - for standard input.", HelpName = "F", Required = true };
    private readonly Option<string> _output = new("--output") { Description = "Folder of the dataset.", HelpName = "DIR", Required = true };
    private readonly Option<string?> _format = new("--format") { Description = "Format of the input. Default: jsonl.", HelpName = "jsonl" };
    private readonly Option<string?> _model = new("--model") { Description = "Model folder, or ORG/NAME of a hub. Default: builtin:lexical.", HelpName = "M" };
    private readonly Option<string?> _job = new("--job") { Description = "Name of the job. Default: from the input's name.", HelpName = "J" };
    private readonly Option<int?> _maxLength = new("--max-length") { Description = "Tokens a pair is cut to. Default: 512.", HelpName = "N" };
    private readonly Option<long?> _maxErrors = new("--max-errors") { Description = "Stop after more bad records than this.", HelpName = "N" };
    private readonly Option<int?> _scorers = new("--scorers") { Description = "Forward passes side by side. Default: on a CPU one a core.", HelpName = "N" };
    private readonly Option<string?> _backend = CommonOptions.Backend("auto");
    private readonly Option<string?> _runtimeLibrary = CommonOptions.RuntimeLibrary();
    private readonly Option<TimeSpan?> _targetLatency = QuantityOptions.Duration(
        "--target-latency", "p95 from queued to scored, such as 200ms. Default: none, as fast as possible.");

    private readonly Option<int?> _targetThroughput = QuantityOptions.Count(
        "--target-throughput", "Pairs/s that are scored at least while there are enough. Default: none, as fast as possible.", 1, 10_000_000);

    private readonly Option<string?> _priority = QuantityOptions.Choice(
        "--priority", "Which target is kept if both cannot be. Default: latency. One of", "P", ["latency", "throughput"]);

    private readonly Option<string?> _nats = new("--nats") { Description = "A NATS server. Default: a private one.", HelpName = "URL" };
    private readonly Option<bool> _json = CommonOptions.Json();

    internal RunCommand()
        : base("run", "Scores every pair of a file into a Parquet dataset. The same command again resumes.")
    {
        foreach (var option in new Option[]
        {
            _input, _output, _format, _model, _job, _maxLength, _maxErrors, _scorers, _targetLatency, _targetThroughput, _priority, _backend,
            _runtimeLibrary, _nats, _json,
        })
            Options.Add(option);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        var request = new RunRequest(
            parse.GetRequiredValue(_input),
            parse.GetRequiredValue(_output),
            parse.GetValue(_format),
            parse.GetValue(_model),
            parse.GetValue(_job),
            parse.GetValue(_maxLength),
            parse.GetValue(_maxErrors),
            parse.GetValue(_scorers),
            parse.GetValue(_backend),
            parse.GetValue(_nats),
            parse.GetValue(_runtimeLibrary),
            parse.GetValue(_targetLatency),
            parse.GetValue(_targetThroughput),
            parse.GetValue(_priority) is { } priority ? Enum.Parse<Priority>(priority, ignoreCase: true).ToString() : null);
        try
        {
            var result = await LocalRun.RunAsync(request, cancellationToken);
            if (parse.GetValue(_json))
                JsonLine.Write(result, CliJson.Default.RunResult);
            else
                Console.Out.WriteLine(result.ToText());
            return result.Dead > 0 ? ExitCode.DoneWithDeadLetters : ExitCode.Done;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("interrupted; the same command resumes");
            throw;
        }
    }
}
