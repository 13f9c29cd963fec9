using Google.Protobuf;
using Rerank.Scorer.Models;
using Rerank.Scorer.Models.Lexical;
using Rerank.Scorer.Models.Onnx;
using Rerank.TestKit;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Scorer.Models;

public sealed class OnnxFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = TemporaryFolder.Create();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Streamed_weights_give_the_model_that_holds_them()
    {
        var graph = new GraphBuilder("test");
        var weight = graph.Streaming("w", stream => stream.Write(new byte[24]), 2, 3);
        var sum = graph.Op("Add", graph.Input("x", ElementType.Float, "n", "3"), weight);
        graph.Output("y", sum, ElementType.Float, "n", "3");
        using var memory = new MemoryStream();

        OnnxFile.Write(memory, graph.Build(), graph.Streamed);

        var expected = graph.Build();
        expected.Graph.Initializer.Add(new TensorProto
        {
            Name = "w",
            DataType = (int)ElementType.Float,
            Dims = { 2, 3 },
            RawData = ByteString.CopyFrom(new byte[24]),
        });
        ModelProto.Parser.ParseFrom(memory.ToArray()).ShouldBe(expected);
    }

    [Fact]
    public void Fields_outside_the_schema_survive_a_round_trip()
    {
        // Field 99 of a model, a varint: no part of the format.
        byte[] bytes = [.. new ModelProto { ProducerName = "somebody" }.ToByteArray(), 0x98, 0x06, 0x2A];

        ModelProto.Parser.ParseFrom(bytes).ToByteArray().ShouldBe(bytes);
    }

    [Fact]
    public void A_truncated_file_is_refused_with_how_far_it_goes()
    {
        var whole = Builtin();
        var path = _folder.File("model.onnx");
        File.WriteAllBytes(path, whole[..(whole.Length / 2)]);

        Should.Throw<ModelException>(() => OnnxFile.ReadOutline(path))
            .Message.ShouldContain($"truncated at {whole.Length / 2:N0} bytes");
    }

    [Theory]
    [InlineData("")]
    [InlineData("<!DOCTYPE html><html>404</html>")]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 90000000\n")]
    public void A_file_that_is_no_model_is_refused(string content)
    {
        var path = _folder.File("model.onnx");
        File.WriteAllText(path, content);

        Should.Throw<ModelException>(() => OnnxFile.ReadOutline(path)).Message.ShouldContain(path);
    }

    private static byte[] Builtin() =>
        LexicalGraph.Build(LexicalVocabulary.Pieces).ToByteArray();
}
