using System.CommandLine;
using Rerank.Cli.Output;
using Rerank.Ingest;
using Rerank.Ingest.Jobs;
using Rerank.Shared.Hosting;
using Rerank.Sink.Dataset;

namespace Rerank.Cli.Commands;

/// <summary><c>jobs open</c>: makes a job that others publish pairs to.</summary>
internal sealed class JobsOpenCommand : Command
{
    private readonly Argument<string> _name = new("NAME") { Description = "Name of the job." };
    private readonly Option<string?> _dataset = new("--dataset")
    {
        Description = "Id of the dataset. Default: that of --output, else 'default'.",
        HelpName = "ID",
    };
    private readonly Option<string> _model = new("--model")
    {
        Description = "Id or full identity of the model that is to score it.",
        HelpName = "M",
        DefaultValueFactory = _ => new IngestOptions().Model,
    };
    private readonly Option<int> _maxLength = new("--max-length")
    {
        Description = "Tokens a pair is cut to.",
        HelpName = "N",
        DefaultValueFactory = _ => new IngestOptions().MaxLength,
    };
    private readonly BrokerOptions _broker = new();
    private readonly Option<bool> _json = CommonOptions.Json();

    internal JobsOpenCommand()
        : base("open", "Makes a job that others publish pairs to.")
    {
        Arguments.Add(_name);
        foreach (var option in new Option[] { _dataset, _model, _maxLength, _json })
            Options.Add(option);
        _maxLength.Validators.Add(static result =>
        {
            if (result.Tokens is [var token] && int.TryParse(token.Value, out var length)
                && length is < IngestOptions.LeastMaxLength or > IngestOptions.MostMaxLength)
            {
                result.AddError($"--max-length is '{length}'; it must be {IngestOptions.LeastMaxLength} to {IngestOptions.MostMaxLength:N0}.");
            }
        });
        _broker.AddTo(this);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        var name = parse.GetRequiredValue(_name);
        var dataset = parse.GetValue(_dataset)
            ?? (_broker.Output(parse) is { } output ? DatasetFile.Read(output)?.Id : null)
            ?? new IngestOptions().Dataset;
        await using var session = await _broker.OpenAsync(parse, cancellationToken);
        var ledger = await JobLedger.OpenAsync(session.Broker, cancellationToken);
        var subject = await ledger.OpenPublishedAsync(
            name, dataset, parse.GetValue(_model)!, parse.GetValue(_maxLength), cancellationToken);
        if (parse.GetValue(_json))
            JsonLine.Write(new OpenedJob(name, dataset, subject), CliJson.Default.OpenedJob);
        else
            Console.Out.WriteLine($"{name} is open for dataset {dataset}: publish one pair a message to {subject}");
        return ExitCode.Done;
    }
}
