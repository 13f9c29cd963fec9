using System.Security.Cryptography;
using Google.Protobuf;
using Rerank.Scorer.Models;
using Rerank.Scorer.Models.Onnx;
using Rerank.TestKit;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Scorer.Models;

public sealed class ModelFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = TemporaryFolder.Create();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_builtin_model_is_made_and_named()
    {
        var model = ModelFolder.Open("builtin:lexical", _folder.Path);

        model.Identity.ShouldBe($"builtin:lexical@1/fp32/{model.Hash[..16]}");
        model.MaxPositions.ShouldBeNull();
        model.OutputName.ShouldBe("logits");
    }

    [Fact]
    public void A_folder_is_named_after_itself_and_hashed_over_model_and_tokenizer()
    {
        Fill(Graph());

        var model = ModelFolder.Open(_folder.File("my-model") + "/");

        byte[] hashed = [.. File.ReadAllBytes(File_("model.onnx")), .. File.ReadAllBytes(File_("vocab.txt"))];
        model.Hash.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(hashed)));
        model.Identity.ShouldBe($"my-model@local/fp32/{model.Hash[..16]}");
        model.MaxPositions.ShouldBe(128);
        model.HasTokenTypeIds.ShouldBeTrue();
    }

    [Theory]
    [InlineData(2, "special tokens alone")]
    [InlineData(3, null)]
    [InlineData(128, null)]
    [InlineData(129, "the model my-model has positions for 128 tokens")]
    public void A_length_that_the_model_has_no_room_for_is_a_problem(int maxLength, string? problem)
    {
        Fill(Graph());

        var found = ModelFolder.Open(_folder.File("my-model")).LengthProblem(maxLength);

        (found is null).ShouldBe(problem is null);
        (found ?? "").ShouldContain(problem ?? "");
    }

    [Theory]
    [InlineData("""{"model_type":"xlm-roberta","max_position_embeddings":514,"pad_token_id":1}""", 512)]
    [InlineData("""{"model_type":"xlm-roberta","max_position_embeddings":8194}""", 8192)]
    [InlineData("""{"model_type":"bert","max_position_embeddings":512,"pad_token_id":0}""", 512)]
    [InlineData("""{"model_type":"xlm-roberta"}""", null)]
    public void Positions_that_RoBERTa_keeps_for_itself_do_not_count(string config, int? positions)
    {
        Fill(Graph(), config);

        Open().MaxPositions.ShouldBe(positions);
    }

    [Fact]
    public void A_file_that_changes_changes_the_hash_within_the_process()
    {
        Fill(Graph());
        var before = Open().Hash;

        File.AppendAllText(File_("vocab.txt"), "more\n");

        Open().Hash.ShouldNotBe(before);
    }

    [Fact]
    public void The_model_may_lie_in_the_folder_onnx()
    {
        Fill(Graph());
        Directory.CreateDirectory(File_("onnx"));
        File.Move(File_("model.onnx"), File_("onnx/model.onnx"));

        Open().OnnxPath.ShouldBe(File_("onnx/model.onnx"));
    }

    [Theory]
    [InlineData(ElementType.Float, "MatMul", "fp32")]
    [InlineData(ElementType.Float16, "MatMul", "fp16")]
    [InlineData(ElementType.BFloat16, "Gemm", "bf16")]
    [InlineData(ElementType.Int8, "DequantizeLinear", "int8")]
    [InlineData(ElementType.UInt8, "MatMulInteger", "int8")]
    [InlineData(ElementType.UInt8, "MatMulNBits", "int4")]
    internal void Precision_is_that_of_the_matrices_even_beside_a_larger_table(ElementType type, string consumer, string precision)
    {
        var graph = Graph();
        graph.Initializer.Clear();
        graph.Initializer.Add(Tensor("embeddings", ElementType.Float, 1000, 8));
        graph.Initializer.Add(Tensor("weight", type, 8, 8));
        graph.Node.Add(new NodeProto { OpType = "Gather", Input = { "embeddings" }, Output = { "e" } });
        graph.Node.Add(new NodeProto { OpType = consumer, Input = { "x", "weight" }, Output = { "y" } });
        Fill(graph);

        Open().Precision.ShouldBe(precision);
    }

    [Fact]
    public void Weights_outside_the_model_file_count_in_the_hash_and_must_be_there()
    {
        var graph = Graph();
        graph.Initializer[0].DataLocation = DataLocation.DataExternal;
        graph.Initializer[0].ExternalData.Add(new StringStringEntryProto { Key = "location", Value = "model.onnx_data" });
        Fill(graph);
        Refusal().ShouldContain("model.onnx_data, which is not there");

        File.WriteAllText(File_("model.onnx_data"), "one");
        var hash = Open().Hash;
        File.WriteAllText(File_("model.onnx_data"), "other");

        Open().Hash.ShouldNotBe(hash);
    }

    [Fact]
    public void No_such_folder_is_refused_with_what_would_do()
    {
        Refusal().ShouldContain("no model folder");
        Refusal().ShouldContain("builtin:lexical");
        Should.Throw<ModelException>(() => ModelFolder.Open("builtin:neural")).Message.ShouldContain("builtin:neural");
    }

    [Fact]
    public void A_file_instead_of_a_folder_is_refused()
    {
        File.WriteAllText(_folder.File("my-model"), "");

        Refusal().ShouldContain("is a file");
    }

    [Theory]
    [InlineData("model.onnx", "neither model.onnx nor onnx/model.onnx")]
    [InlineData("vocab.txt", "neither tokenizer.json nor vocab.txt")]
    public void A_folder_that_lacks_a_file_is_refused_with_its_name(string missing, string reason)
    {
        Fill(Graph());
        File.Delete(File_(missing));

        Refusal().ShouldContain(reason);
    }

    [Fact]
    public void Inputs_of_another_kind_are_named()
    {
        var graph = Graph();
        graph.Input.RemoveAt(0);
        graph.Input.Add(Value("pixel_values", ElementType.Float, "batch", "3", "224"));
        Fill(graph);

        Refusal().ShouldContain("pixel_values float [batch, 3, 224]");
    }

    [Fact]
    public void Token_types_are_optional()
    {
        var graph = Graph();
        graph.Input.RemoveAt(2);
        Fill(graph);

        Open().HasTokenTypeIds.ShouldBeFalse();
    }

    [Fact]
    public void An_output_of_several_labels_is_named()
    {
        var graph = Graph();
        graph.Output.Clear();
        graph.Output.Add(Value("logits", ElementType.Float, "batch", "3"));
        Fill(graph);

        Refusal().ShouldContain("logits float [batch, 3]");
    }

    [Fact]
    public void Logits_of_another_type_than_float32_are_refused()
    {
        var graph = Graph();
        graph.Output.Clear();
        graph.Output.Add(Value("logits", ElementType.Float16, "batch", "1"));
        Fill(graph);

        Refusal().ShouldContain("scores are kept as float32");
    }

    [Theory]
    [InlineData("Sigmoid")]
    [InlineData("Softmax")]
    public void A_graph_that_ends_in_an_activation_gives_no_logits(string activation)
    {
        var graph = Graph();
        graph.Node[0].Output[0] = "y";
        graph.Node.Add(new NodeProto { OpType = activation, Input = { "y" }, Output = { "logits" } });
        Fill(graph);

        Refusal().ShouldContain($"ends in {activation}");
    }

    [Fact]
    public void A_last_hidden_state_is_no_score()
    {
        var graph = Graph();
        graph.Output.Clear();
        graph.Output.Add(Value("last_hidden_state", ElementType.Float, "batch", "sequence", "384"));
        Fill(graph);

        Refusal().ShouldContain("last_hidden_state float [batch, sequence, 384]");
    }

    [Theory]
    [InlineData("""{"num_labels":1}""", true)]
    [InlineData("{}", false)]
    public void A_label_dimension_without_a_number_is_taken_at_the_word_of_the_config(string config, bool accepted)
    {
        var graph = Graph();
        graph.Output.Clear();
        graph.Output.Add(Value("logits", ElementType.Float, "batch", "labels"));
        Fill(graph, config);

        if (accepted)
            Open().OutputName.ShouldBe("logits");
        else
            Refusal().ShouldContain("logits float [batch, labels]");
    }

    [Theory]
    [InlineData("""{"num_labels":3}""", "3 labels")]
    [InlineData("""{"id2label":{"0":"no","1":"yes"}}""", "2 labels")]
    [InlineData("""{"num_labels":1,"id2label":{"0":"no","1":"yes"}}""", "2 labels")]
    [InlineData("""{"num_labels":2,"id2label":{"0":"yes"}}""", "2 labels")]
    [InlineData("{", "is not JSON")]
    public void A_config_that_does_not_fit_is_refused(string config, string reason)
    {
        Fill(Graph(), config);

        Refusal().ShouldContain(reason);
    }

    private string File_(string name) => Path.Combine(_folder.File("my-model"), name);

    private ModelFolder Open() => ModelFolder.Open(_folder.File("my-model"));

    private string Refusal() => Should.Throw<ModelException>(Open).Message;

    private void Fill(GraphProto graph, string config = """{"id2label":{"0":"LABEL_0"},"max_position_embeddings":128}""")
    {
        Directory.CreateDirectory(_folder.File("my-model"));
        File.WriteAllBytes(File_("model.onnx"), new ModelProto { Graph = graph }.ToByteArray());
        File.WriteAllText(File_("vocab.txt"), "[PAD]\n");
        File.WriteAllText(File_("config.json"), config);
    }

    private static GraphProto Graph() => new()
    {
        Input =
        {
            Value("input_ids", ElementType.Int64, "batch", "sequence"),
            Value("attention_mask", ElementType.Int64, "batch", "sequence"),
            Value("token_type_ids", ElementType.Int64, "batch", "sequence"),
        },
        Output = { Value("logits", ElementType.Float, "batch", "1") },
        Node = { new NodeProto { OpType = "MatMul", Input = { "x", "w" }, Output = { "logits" } } },
        Initializer = { Tensor("w", ElementType.Float, 8, 1) },
    };

    private static TensorProto Tensor(string name, ElementType type, params long[] dimensions) =>
        new() { Name = name, DataType = (int)type, Dims = { dimensions } };

    private static ValueInfoProto Value(string name, ElementType type, params string[] dimensions)
    {
        var graph = new GraphBuilder("value");
        graph.Input(name, type, dimensions);
        return graph.Build().Graph.Input[0];
    }
}
