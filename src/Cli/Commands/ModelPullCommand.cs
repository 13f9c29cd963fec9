using System.CommandLine;
using Rerank.Cli.Output;
using Rerank.Cli.Pulling;
using Rerank.Scorer.Models.Hub;
using Rerank.Shared.Hosting;

namespace Rerank.Cli.Commands;

/// <summary><c>model pull</c>: a model of a hub into the cache.</summary>
internal sealed class ModelPullCommand : Command
{
    private readonly Argument<string> _id = new("ID") { Description = "Such as cross-encoder/ms-marco-MiniLM-L6-v2." };
    private readonly Option<string?> _precision = new("--precision")
    {
        Description = "Of the weights. Default: fp32.",
        HelpName = string.Join('|', HubReference.Precisions),
    };
    private readonly Option<string?> _revision = new("--revision") { Description = "Branch, tag or commit. Default: main.", HelpName = "R" };
    private readonly Option<string?> _endpoint = new("--endpoint")
    {
        Description = "Address of the hub. Default: HF_ENDPOINT, or https://huggingface.co.",
        HelpName = "URL",
    };
    private readonly Option<bool> _json = CommonOptions.Json();

    internal ModelPullCommand()
        : base("pull", "Downloads a model of a Hugging Face style hub into the cache; HF_TOKEN opens gated ones. Run again, it continues.")
    {
        _precision.AcceptOnlyFromAmong([.. HubReference.Precisions]);
        Arguments.Add(_id);
        foreach (var option in new Option[] { _precision, _revision, _endpoint, _json })
            Options.Add(option);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        var reference = ReferenceOf(parse);
        var options = HubOptions.FromEnvironment(parse.GetValue(_endpoint));
        PulledModel pulled;
        await using (var view = new PullView(TimeProvider.System))
            pulled = await ModelHub.PullAsync(reference, options, view, TimeProvider.System, cancellationToken);

        if (parse.GetValue(_json))
            JsonLine.Write(PullResult.Of(pulled), CliJson.Default.PullResult);
        else
            Console.Out.WriteLine(PullResult.Of(pulled).ToText());
        return ExitCode.Done;
    }

    private HubReference ReferenceOf(ParseResult parse)
    {
        var id = parse.GetRequiredValue(_id);
        var text = id
            + (parse.GetValue(_revision) is { } revision ? $"@{revision}" : "")
            + (parse.GetValue(_precision) is { } precision ? $":{precision}" : "");
        return HubReference.TryParse(text) ?? throw new StageFailedException(
            ExitCode.WrongUsage,
            $"'{text}' is no model of a hub; it must be ORG/NAME, with --revision and --precision if wanted (or ORG/NAME@REVISION:PRECISION).");
    }
}
