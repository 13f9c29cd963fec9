using Rerank.Cli.References;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Cli.References;

public sealed class ReferenceNameTests
{
    [Theory]
    [InlineData("org/m", "org/m", "int8", null, true)]
    [InlineData("org/m", "other/m", "fp32", null, false)]
    [InlineData("org/m-long", "org/m", "fp32", null, false)]
    [InlineData("org/m", "m", "fp32", null, true)]
    [InlineData("org/m (onnx fp32)", "org/m", "fp32", null, true)]
    [InlineData("org/m (onnx fp32)", "org/m", "int8", null, false)]
    [InlineData("org/m model_quantized.onnx (dynamic int8)", "org/m", "int8", "model_quantized.onnx", true)]
    [InlineData("org/m model_quantized.onnx (dynamic int8)", "org/m", "int8", "model_qint8_avx512.onnx", false)]
    [InlineData("tool m (m.onnx, int8)", "tool m (m.onnx, int8)", "fp32", null, true)]
    public void A_row_is_for_the_model_that_it_names(string row, string id, string precision, string? file, bool matches) =>
        ReferenceName.Matches(row, id, precision, file).ShouldBe(matches);
}
