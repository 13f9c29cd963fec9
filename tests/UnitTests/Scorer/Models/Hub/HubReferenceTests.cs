using Rerank.Scorer.Models;
using Rerank.Scorer.Models.Hub;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Scorer.Models.Hub;

public sealed class HubReferenceTests
{
    [Theory]
    [InlineData("org/name", "main", "fp32")]
    [InlineData("org/name@v1.0", "v1.0", "fp32")]
    [InlineData("org/name:int8", "main", "int8")]
    [InlineData("org/name@refs/pr/1:fp16", "refs/pr/1", "fp16")]
    public void Revision_and_precision_may_follow_the_name(string text, string revision, string precision)
    {
        var reference = HubReference.TryParse(text);

        reference.ShouldBe(new HubReference("org/name", revision, precision));
        reference!.ToString().ShouldBe(text);
    }

    [Theory]
    [InlineData("name")]
    [InlineData("/data/model")]
    [InlineData("./models/mine")]
    [InlineData("../models")]
    [InlineData("a/b/c")]
    [InlineData("org/..")]
    [InlineData("org/name@../../x")]
    [InlineData("org/name:int2")]
    [InlineData("org/name\n")]
    [InlineData("https://host/name")]
    public void Paths_and_other_texts_are_none(string text) => HubReference.TryParse(text).ShouldBeNull();

    [Theory]
    [InlineData(false, true, true, true, "onnx/model_qint8_avx512_vnni.onnx")]
    [InlineData(false, true, true, false, "onnx/model_qint8_avx512.onnx")]
    [InlineData(false, true, false, true, "onnx/model_quint8_avx2.onnx")]
    [InlineData(true, false, false, false, "onnx/model_qint8_arm64.onnx")]
    [InlineData(false, false, false, false, "model_quantized.onnx")]
    public void The_int8_file_is_the_one_for_the_cpu(bool arm64, bool avx2, bool avx512, bool vnni, string expected)
    {
        string[] files =
        [
            "onnx/model.onnx", "onnx/model_qint8_arm64.onnx", "onnx/model_qint8_avx512.onnx", "onnx/model_qint8_avx512_vnni.onnx",
            "onnx/model_quint8_avx2.onnx", "model_quantized.onnx",
        ];
        var revision = new HubRevision("c", [.. files.Select(path => new HubFile(path, null, null, null))]);

        HubVariant.Choose(revision, HubReference.TryParse("org/name:int8")!, CpuVariant.Of(arm64, avx2, avx512, vnni)).Path.ShouldBe(expected);
    }

    [Theory]
    [InlineData("ftp://host")]
    [InlineData("host")]
    public void An_endpoint_that_is_no_address_is_refused(string endpoint) =>
        Should.Throw<ModelException>(() => HubOptions.FromEnvironment(endpoint)).Message.ShouldContain(endpoint);
}
