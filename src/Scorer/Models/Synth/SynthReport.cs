namespace Rerank.Scorer.Models.Synth;

/// <summary>What was made.</summary>
/// <param name="Folder">Full path of the model folder.</param>
/// <param name="Vocabulary">Rows of the word embeddings: 30,522, or the pieces of the tokenizer if those are more.</param>
/// <param name="ModelBytes">Size of <c>model.onnx</c>.</param>
/// <param name="Tokenizer">Where the tokenizer beside it comes from.</param>
public sealed record SynthReport(string Folder, int Vocabulary, long ModelBytes, string Tokenizer);
