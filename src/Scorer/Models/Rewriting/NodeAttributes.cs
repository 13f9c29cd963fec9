using Rerank.Scorer.Models.Onnx;

namespace Rerank.Scorer.Models.Rewriting;

/// <summary>Reads attributes of nodes.</summary>
internal static class NodeAttributes
{
    internal static long Int(NodeProto node, string name, long otherwise) => Find(node, name)?.I ?? otherwise;

    internal static long[]? Ints(NodeProto node, string name) => Find(node, name) is { } attribute ? [.. attribute.Ints] : null;

    private static AttributeProto? Find(NodeProto node, string name) => node.Attribute.FirstOrDefault(attribute => attribute.Name == name);
}
