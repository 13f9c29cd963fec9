namespace Rerank.Scorer.Models;

/// <summary>Names of the files of a model folder.</summary>
internal static class ModelFiles
{
    internal const string Model = "model.onnx";
    internal const string Vocabulary = "vocab.txt";
    internal const string Tokenizer = "tokenizer.json";
    internal const string Config = "config.json";
}
