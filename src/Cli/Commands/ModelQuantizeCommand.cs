using System.CommandLine;
using Rerank.Cli.Demonstration;
using Rerank.Cli.Output;
using Rerank.Scorer.Models.Rewriting;

namespace Rerank.Cli.Commands;

/// <summary><c>model quantize</c>: smaller weights.</summary>
internal sealed class ModelQuantizeCommand : Command
{
    private readonly Option<string> _precision = new("--precision") { Description = "Precision of the weights.", Required = true };
    private readonly Option<string> _model = new("--model") { Description = "Folder of the fp32 model.", HelpName = "DIR", Required = true };
    private readonly Option<string> _output = new("--output") { Description = "Folder to make.", HelpName = "DIR", Required = true };
    private readonly Option<string?> _calibrate = new("--calibrate")
    {
        Description = "Pairs of your own as JSON lines, to fix int8's steps by; 100 are used. Default: the samples that come with the tool.",
        HelpName = "F",
    };
    private readonly Option<string> _activations = new("--activations")
    {
        Description = "int8: fixed steps (static, faster) or a step for each token (per-row, no calibration).",
        DefaultValueFactory = _ => "static",
    };
    private readonly Option<bool> _reduceRange = new("--reduce-range")
    {
        Description = "int8: weights in 7 bits, for x64 processors without VNNI, whose byte products overflow.",
    };
    private readonly Option<bool> _json = CommonOptions.Json();

    internal ModelQuantizeCommand()
        : base("quantize", "Makes a model with smaller weights. Scores do not depend on what else is in a pass.")
    {
        _precision.AcceptOnlyFromAmong([.. ModelQuantizer.Precisions]);
        _activations.AcceptOnlyFromAmong("static", "per-row");
        foreach (var option in new Option[] { _precision, _model, _output, _calibrate, _activations, _reduceRange, _json })
            Options.Add(option);
        SetAction(Run);
    }

    private int Run(ParseResult parse) => RewriteResult.Print(() => ModelQuantizer.Write(RequestOf(parse)), parse.GetValue(_json));

    private QuantizeRequest RequestOf(ParseResult parse) => new()
    {
        Model = parse.GetRequiredValue(_model),
        OutputFolder = parse.GetRequiredValue(_output),
        Precision = parse.GetRequiredValue(_precision),
        CalibrationFile = parse.GetValue(_calibrate) ?? Path.Combine(SampleSet.DefaultFolder, "pairs.jsonl"),
        PerRow = parse.GetValue(_activations) == "per-row",
        ReduceRange = parse.GetValue(_reduceRange),
    };
}
