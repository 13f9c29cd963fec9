using Google.Protobuf;

namespace Rerank.Scorer.Models.Lexical;

/// <summary>
/// The model <c>builtin:lexical</c>: a lexical baseline, not a neural model. It scores saturated matches of rare pieces of words, with
/// the inputs and the output of a BERT cross-encoder, so that a bare machine can rank text.
/// </summary>
internal static class BuiltinLexical
{
    internal const string Reference = "builtin:lexical";

    private const string Config = """{"model_type":"rerank-lexical","num_labels":1}""" + "\n";

    internal static BuiltinFolder Folder { get; } =
        new(Reference, "1", "124ba72a54ce47b92d37559a3a633bebab4f38fc877c9d7ad31e8dd6d061e152", Write);

    private static void Write(string folder)
    {
        var pieces = LexicalVocabulary.Pieces;
        File.WriteAllBytes(Path.Combine(folder, ModelFiles.Vocabulary), LexicalVocabulary.ToFile(pieces));
        File.WriteAllBytes(Path.Combine(folder, ModelFiles.Model), LexicalGraph.Build(pieces).ToByteArray());
        File.WriteAllText(Path.Combine(folder, ModelFiles.Config), Config);
    }
}
