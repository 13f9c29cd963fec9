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
            return Finding.Ok(Subject, $"{model.Identity} opens");
        }
        catch (ModelException e)
        {
            // Its message ends with what to do.
            return new Finding(Severity.Problem, Subject, e.Message);
        }
    }
}
