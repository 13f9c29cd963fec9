using System.CommandLine;
using Rerank.Cli.Output;
using Rerank.Cli.Pulling;
using Rerank.Cli.References;
using Rerank.Scorer.Inference;
using Rerank.Scorer.Models;
using Rerank.Shared.Hosting;

namespace Rerank.Cli.Commands;

/// <summary><c>model verify</c>: a model against published scores.</summary>
internal sealed class ModelVerifyCommand : Command
{
    private readonly Argument<string> _model = new("M") { Description = "A model: folder, ORG/NAME of a hub, or built-in." };
    private readonly Option<string> _reference = new("--reference")
    {
        Description = "JSON lines of model, query, document, score, kind and tolerance.",
        HelpName = "F",
        Required = true,
    };
    private readonly Option<string?> _as = new("--as") { Description = "The model's name in that file. Default: its id.", HelpName = "NAME" };
    private readonly Option<string?> _backend = CommonOptions.Backend("cpu");
    private readonly Option<string?> _runtimeLibrary = CommonOptions.RuntimeLibrary();
    private readonly Option<bool> _json = CommonOptions.Json();

    internal ModelVerifyCommand()
        : base("verify", "Checks a model's scores against published ones. Ends with 1 if a row fails, with 2 if no row is for this model.")
    {
        Arguments.Add(_model);
        foreach (var option in new Option[] { _reference, _as, _backend, _runtimeLibrary, _json })
            Options.Add(option);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        var backend = BackendName.Require(parse.GetValue(_backend) ?? Backends.Cpu, parse.GetValue(_runtimeLibrary));
        var path = parse.GetRequiredValue(_reference);
        var rows = ReferenceFile.Read(path);
        var model = await OpenedModel.OpenAsync(parse.GetRequiredValue(_model), TimeProvider.System, cancellationToken);
        var name = parse.GetValue(_as) ?? model.Id;
        var ours = rows.Where(row => ReferenceName.Matches(row.Model, name, model.Precision, model.SourceFile)).ToArray();
        var verification = Verification.Of(model.Identity, Check(model, backend, ours, cancellationToken), rows.Count - ours.Length);

        if (parse.GetValue(_json))
            JsonLine.Write(verification, CliJson.Default.Verification);
        else
            Console.Out.WriteLine(verification.ToText());
        if (ours.Length == 0)
        {
            var names = string.Join(", ", rows.Select(row => row.Model).Distinct(StringComparer.Ordinal));
            throw new StageFailedException(
                ExitCode.WrongUsage, $"Nothing was verified: no row of {path} is for '{name}' ({model.Precision}). It has {names}. Choose one with --as.");
        }

        return verification.Failed > 0 ? ExitCode.Failed : ExitCode.Done;
    }

    private static CheckedRow[] Check(ModelFolder model, string backend, Reference[] rows, CancellationToken cancellationToken)
    {
        if (rows.Length == 0)
            return [];
        using var scorer = PairScorer.Load(model, backend);
        var logits = scorer.Score([.. rows.Select(row => (row.Query, row.Document))], PassSize.Alone, cancellationToken).Logits;
        return [.. rows.Zip(logits, CheckedRow.Of)];
    }
}
