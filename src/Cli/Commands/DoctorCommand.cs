using System.CommandLine;
using Rerank.Cli.Diagnosis;
using Rerank.Shared.Hosting;

namespace Rerank.Cli.Commands;

/// <summary><c>doctor</c>: what works on this machine, and what to do about the rest.</summary>
internal sealed class DoctorCommand : Command
{
    private readonly Option<string?> _nats = new("--nats") { Description = "A NATS server to try.", HelpName = "URL" };

    private readonly Option<string> _model = new("--model")
    {
        Description = "A model to open.",
        HelpName = "M",
        DefaultValueFactory = _ => "builtin:lexical",
    };

    private readonly Option<string> _output = new("--output")
    {
        Description = "Folder for a dataset, to look at its disk.",
        HelpName = "DIR",
        DefaultValueFactory = _ => "out",
    };

    private readonly Option<string?> _runtimeLibrary = CommonOptions.RuntimeLibrary();

    internal DoctorCommand()
        : base("doctor", "Says what works on this machine and what to do about the rest.")
    {
        Options.Add(_model);
        Options.Add(_nats);
        Options.Add(_output);
        Options.Add(_runtimeLibrary);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        var url = parse.GetValue(_nats);
        List<Finding> findings =
        [
            Machine.Runtime(),
            Machine.Processor(),
            Machine.Memory(),
            Globalization.Normalization(),
            .. OnnxRuntime.Backends(parse.GetValue(_runtimeLibrary)),
            Model.Opens(parse.GetRequiredValue(_model)),
            await NatsServer.InstalledAsync(cancellationToken),
            .. url is null ? [] : new[] { await NatsUrl.AnswersAsync(url, cancellationToken) },
            OutputFolder.Room(parse.GetRequiredValue(_output)),
        ];
        DoctorReport.Write(findings, Console.Out);
        return findings.Exists(finding => finding.Severity == Severity.Problem) ? ExitCode.Failed : ExitCode.Done;
    }
}
