using Rerank.Scorer.Models;
using Rerank.Scorer.Models.Onnx;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Scorer.Models;

public sealed class BatchDependenceTests
{
    [Theory]
    [InlineData("DynamicQuantizeLinear", 0, true)]
    [InlineData("DynamicQuantizeMatMul", 0, true)]
    [InlineData("MatMulNBits", 128, true)]
    [InlineData("MatMulNBits", 32, false)]
    [InlineData("QuantizeLinear", 0, false)]
    [InlineData("MatMul", 0, false)]
    public void Scales_taken_from_a_whole_pass_are_recognised(string type, int blockSize, bool dependent)
    {
        var graph = new GraphOutline { Node = { new NodeProto { OpType = type, Attribute = { NodeAttribute.Int("block_size", blockSize) } } } };

        BatchDependence.Of(graph).ShouldBe(dependent);
    }
}
