using System.CommandLine;
using Rerank.Cli.Output;
using Rerank.Scorer.Models.Synth;
using Rerank.Shared.Hosting;

namespace Rerank.Cli.Commands;

/// <summary><c>model synth</c>: a cross-encoder with random weights, for load tests.</summary>
internal sealed class ModelSynthCommand : Command
{
    private readonly Option<string> _shape = new("--shape")
    {
        Description = "minilm-l6, tinybert-l2 or <layers>x<hidden>x<heads>x<ffn>.",
        HelpName = "S",
        Required = true,
    };
    private readonly Option<long> _seed = new("--seed") { Description = "Seed of the weights.", HelpName = "N", Required = true };
    private readonly Option<string?> _tokenizer = new("--tokenizer")
    {
        Description = "Folder of a tokenizer to copy. Default: a vocabulary made by rule.",
        HelpName = "DIR",
    };
    private readonly Option<string?> _signal = new("--signal")
    {
        Description = "Pairs as JSON lines: makes scores spread over them as a real model's do, for comparing precisions.",
        HelpName = "F",
    };
    private readonly Option<string> _output = new("--output") { Description = "Folder to make.", HelpName = "DIR", Required = true };
    private readonly Option<bool> _json = CommonOptions.Json();

    internal ModelSynthCommand()
        : base("synth", "Makes a BERT cross-encoder of a given shape with seeded random weights: it costs what a real one costs, and ranks nothing.")
    {
        foreach (var option in new Option[] { _shape, _seed, _tokenizer, _signal, _output, _json })
            Options.Add(option);
        SetAction(Run);
    }

    private int Run(ParseResult parse)
    {
        var made = SynthModel.Write(
            SynthShape.Parse(parse.GetRequiredValue(_shape)),
            parse.GetValue(_seed),
            parse.GetValue(_tokenizer),
            parse.GetRequiredValue(_output),
            parse.GetValue(_signal));
        if (parse.GetValue(_json))
            JsonLine.Write(made, CliJson.Default.SynthReport);
        else
            Console.Out.WriteLine($"{made.Folder}: {made.ModelBytes:N0} bytes, vocabulary of {made.Vocabulary:N0} ({made.Tokenizer})");
        return ExitCode.Done;
    }
}
