using Microsoft.ML.OnnxRuntime;
using Rerank.Scorer.Models;
using Rerank.Scorer.Tokenization;

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
            PairTokenizer.Load(model.TokenizerFolder);
            using var options = new SessionOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
            using var session = new InferenceSession(model.OnnxPath, options);
            return Finding.Ok(Subject, $"{model.Identity} opens");
        }
        catch (Exception e) when (e is ModelException or TokenizerException)
        {
            // Their messages end with what to do.
            return new Finding(Severity.Problem, Subject, e.Message);
        }
        catch (OnnxRuntimeException e)
        {
            return Finding.Problem(Subject, $"ONNX Runtime refuses '{reference}': {e.Message}", "Export it again, with an opset that this version knows.");
        }
    }
}
