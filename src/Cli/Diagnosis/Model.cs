using Rerank.Scorer.Gate;
using Rerank.Scorer.Inference;
using Rerank.Scorer.Models;

namespace Rerank.Cli.Diagnosis;

/// <summary>A model: is it complete, does its tokenizer load, does ONNX Runtime take its graph?</summary>
internal static class Model
{
    private const string Subject = "model";

    internal static Finding Opens(string reference)
    {
        try
        {
            var model = ModelFolder.Open(reference);
            using var scorer = PairScorer.Load(model);
            return Judge(model.Identity, TokenizerCheck.Of(model.TokenizerFolder));
        }
        catch (ModelException e)
        {
            // Its message ends with what to do.
            return new Finding(Severity.Problem, Subject, e.Message);
        }
    }

    internal static Finding Judge(string identity, TokenizerCheck check) => check.Different == 0
        ? Finding.Ok(Subject, $"{identity} opens; tokenizer: {check}")
        : Finding.Problem(Subject, $"{identity}: its tokenizer: {check}", "Do not trust its scores; please report it with the model's tokenizer file.");
}
