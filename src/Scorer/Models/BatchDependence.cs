using Rerank.Scorer.Models.Onnx;

namespace Rerank.Scorer.Models;

/// <summary>Whether a graph takes scales from a pass as a whole, so that the rows of a pass change each other's scores.</summary>
internal static class BatchDependence
{
    // Measured: with larger blocks ONNX Runtime's result of a row depends on how many rows there are.
    private const int LargestIndependentBlock = 32;

    internal static bool Of(GraphOutline graph) => graph.Node.Any(node => node.OpType switch
    {
        "DynamicQuantizeLinear" or "DynamicQuantizeMatMul" => true,
        "MatMulNBits" => node.Attribute.FirstOrDefault(attribute => attribute.Name == "block_size")?.I > LargestIndependentBlock,
        _ => false,
    });
}
