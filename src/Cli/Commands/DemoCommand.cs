using System.CommandLine;
using Rerank.Cli.Demonstration;
using Rerank.Cli.Evaluation;
using Rerank.Cli.Running;
using Rerank.Shared.Hosting;

namespace Rerank.Cli.Commands;

/// <summary><c>demo</c>: a run over the samples, and what it changed.</summary>
internal sealed class DemoCommand : Command
{
    private readonly Option<string> _output = new("--output")
    {
        Description = "Folder of the dataset.",
        HelpName = "DIR",
        DefaultValueFactory = _ => Path.Combine("out", "demo"),
    };

    private readonly Option<string?> _model = new("--model")
    {
        Description = "A model folder; by default the built-in lexical baseline, which is no neural model.",
        HelpName = "M",
    };

    internal DemoCommand()
        : base("demo", "Scores the samples, and shows rankings before and after and where the Parquet is.")
    {
        Options.Add(_output);
        Options.Add(_model);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        var samples = SampleSet.Load(SampleSet.DefaultFolder);
        var output = parse.GetRequiredValue(_output);
        var request = new RunRequest(samples.PairsPath, output, Model: parse.GetValue(_model));
        var run = await LocalRun.RunAsync(request, cancellationToken);
        DemoReport.Write(samples, DatasetScores.Read(run.Output, run.Job), run, Console.Out);
        return run.Dead > 0 ? ExitCode.DoneWithDeadLetters : ExitCode.Done;
    }
}
