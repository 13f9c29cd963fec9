using Google.Protobuf;
using Rerank.Scorer.Models.Lexical;
using Rerank.Scorer.Models.Onnx;

namespace Rerank.Scorer.Models.Null;

/// <summary>
/// The model <c>builtin:null</c>: ranks nothing, costs next to nothing, and so measures what everything around a forward pass costs. The
/// score is the number of tokens divided by a million. It reads the vocabulary of <c>builtin:lexical</c>.
/// </summary>
internal static class BuiltinNull
{
    internal const string Reference = "builtin:null";

    private const float ScoreOfAToken = 1e-6f;

    private const string Config = """{"model_type":"rerank-null","num_labels":1}""" + "\n";

    internal static BuiltinFolder Folder { get; } =
        new(Reference, "1", "019f7b1deb045f28ebe4fa40c1b768052e7cdae5b45e15be4a429c89f36c80c9", Write);

    private static void Write(string folder)
    {
        File.WriteAllBytes(Path.Combine(folder, ModelFiles.Vocabulary), LexicalVocabulary.ToFile(LexicalVocabulary.Pieces));
        File.WriteAllBytes(Path.Combine(folder, ModelFiles.Model), Graph().ToByteArray());
        File.WriteAllText(Path.Combine(folder, ModelFiles.Config), Config);
    }

    private static ModelProto Graph()
    {
        var graph = new GraphBuilder("null");
        graph.Input("input_ids", ElementType.Int64, "batch", "sequence");
        var mask = graph.Input("attention_mask", ElementType.Int64, "batch", "sequence");
        graph.Input("token_type_ids", ElementType.Int64, "batch", "sequence");
        graph.Float("score_of_a_token", ScoreOfAToken);
        graph.Vector("sequence_axis", 1);

        var tokens = graph.Cast(graph.Op("ReduceSum", mask, "sequence_axis"), ElementType.Float);
        graph.Output("logits", graph.Op("Mul", tokens, "score_of_a_token"), ElementType.Float, "batch", "1");
        return graph.Build();
    }
}
