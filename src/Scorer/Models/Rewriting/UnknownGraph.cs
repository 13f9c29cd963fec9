using Rerank.Scorer.Models.Onnx;

namespace Rerank.Scorer.Models.Rewriting;

/// <summary>The refusal of a graph that is not understood, with the node that it stumbled on.</summary>
internal static class UnknownGraph
{
    internal static ModelException At(NodeProto node, string reason) => new(
        $"The graph is of no known kind: at node '{Name(node)}' ({node.OpType}), {reason}. Known are exports of BERT-like encoders "
        + "by optimum or torch.onnx, before any other optimisation.");

    private static string Name(NodeProto node) => node.Name.Length > 0 ? node.Name : node.Output.FirstOrDefault() ?? "";
}
