using Rerank.Scorer.Inference;
using Rerank.Scorer.Models;
using Rerank.Scorer.Models.Onnx;
using Rerank.Scorer.Models.Rewriting;
using Rerank.Scorer.Models.Synth;
using Rerank.Scorer.Tokenization;
using Rerank.TestKit;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Scorer.Models.Rewriting;

public sealed class ModelOptimizerTests : IDisposable
{
    private readonly TemporaryFolder _folder = TemporaryFolder.Create();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("1x32x4x64")]
    [InlineData("2x32x4x64")]
    [InlineData("3x48x3x80")]
    public void Optimized_scores_equal_the_plain_ones(string shape) => SameScores(Plain(shape));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void The_export_of_a_newer_exporter_is_known_by_its_structure(int layers) => SameScores(Exported(layers));

    [Fact]
    public void The_last_layers_feed_forward_works_on_one_row_and_the_one_before_on_all()
    {
        var made = Optimize(Plain("2x32x4x64"));
        var graph = ModelGraph.Load(Path.Combine(made, "model.onnx"));
        var wide = EncoderWeights.Of(graph).Where(weight => weight.Columns == 64).Select(weight => weight.Product.Output[0]).ToArray();
        var watched = graph.Model.Clone();
        foreach (var value in wide)
            watched.Graph.Output.Add(new ValueInfoProto { Name = value, Type = new TypeProto { TensorType = new TensorTypeProto { ElemType = 1 } } });
        var pair = ModelScores.SamplePairs(made)[0];

        using var session = new WatchedSession(Google.Protobuf.MessageExtensions.ToByteArray(watched), wide);

        session.Run(pair).Length.ShouldBe((pair.InputIds.Length * 64) + 64);
    }

    [Fact]
    public void It_is_a_whole_model_folder_that_says_what_was_done()
    {
        var plain = Plain("2x32x4x64");

        var report = ModelOptimizer.Write(plain, _folder.File("made"));

        var made = ModelFolder.Open(report.Folder);
        made.Precision.ShouldBe("fp32");
        made.MaxPositions.ShouldBe(512);
        foreach (var file in new[] { "config.json", "vocab.txt" })
            File.ReadAllBytes(Path.Combine(report.Folder, file)).ShouldBe(File.ReadAllBytes(Path.Combine(plain, file)));
        ModelGraph.Load(made.OnnxPath).Model.MetadataProps.ShouldContain(entry => entry.Key == "rerank.optimize" && entry.Value == report.Done);
    }

    [Fact]
    public void The_same_model_gives_the_same_bytes()
    {
        var plain = Plain("2x32x4x64");

        ModelFolder.Open(Optimize(plain)).Hash.ShouldBe(ModelFolder.Open(Optimize(plain)).Hash);
    }

    [Theory]
    [InlineData("output/dense/MatMul")]
    [InlineData("attention/output/dense/MatMul")]
    [InlineData("attention/self/Softmax")]
    [InlineData("attention/self/query/MatMul")]
    [InlineData("intermediate/intermediate_act_fn/Erf")]
    [InlineData("attention/output/LayerNorm/Sqrt")]
    public void An_operator_in_the_last_layer_that_is_not_known_is_named(string node)
    {
        var graph = ModelGraph.Load(Path.Combine(Plain("2x32x4x64"), "model.onnx"));
        var strange = graph.Graph.Node.Single(candidate => candidate.Name == $"/bert/encoder/layer.1/{node}");
        strange.OpType = "Strange";

        Should.Throw<ModelException>(() => FirstRowRewrite.Apply(graph)).Message.ShouldContain($"'{strange.Name}' (Strange)");
    }

    [Fact]
    public void A_model_that_is_no_encoder_is_refused_and_nothing_is_left()
    {
        var lexical = ModelFolder.Open("builtin:lexical", _folder.File("cache")).TokenizerFolder;

        Should.Throw<ModelException>(() => ModelOptimizer.Write(lexical, _folder.File("made"))).Message
            .ShouldMatch(@"at node '/\w+' \(\w+\), the score should come from the first row");

        Directory.GetFileSystemEntries(_folder.Path).ShouldBe([_folder.File("cache")]);
    }

    [Fact]
    public void A_model_is_optimized_once()
    {
        var made = Optimize(Plain("1x32x4x64"));

        Should.Throw<ModelException>(() => Optimize(made)).Message.ShouldContain("optimized already");
    }

    [Fact]
    public void A_truncated_file_is_refused_and_nothing_is_left()
    {
        var plain = Plain("1x32x4x64");
        using (var file = File.OpenWrite(Path.Combine(plain, "model.onnx")))
            file.SetLength(file.Length / 2);

        Should.Throw<ModelException>(() => ModelOptimizer.Write(plain, _folder.File("made"))).Message.ShouldContain("truncated at");

        Directory.GetFileSystemEntries(_folder.Path).ShouldBe([plain]);
    }

    private void SameScores(string plain)
    {
        using var before = new ModelScores(plain);
        using var after = new ModelScores(Optimize(plain));
        var random = new Random(3);
        for (var round = 0; round < 20; round++)
        {
            var pairs = Enumerable.Range(0, random.Next(1, 6)).Select(_ => Pair(random)).ToArray();
            foreach (var (expected, actual) in before.Of(pairs).Zip(after.Of(pairs)))
                actual.ShouldBe(expected, tolerance: ModelOptimizer.Tolerance);
        }
    }

    private static TokenizedPair Pair(Random random)
    {
        var query = random.Next(1, 12);
        int[] ids = [2, .. Words(query), 3, .. Words(random.Next(1, 90)), 3];
        return new TokenizedPair(ids, query + 2, Truncated: false);

        IEnumerable<int> Words(int count) => Enumerable.Range(0, count).Select(_ => random.Next(5, 30_000)).ToArray();
    }

    private string Plain(string shape) => SynthModel.Write(
        SynthShape.Parse(shape), seed: 4, tokenizerFolder: null, _folder.File($"plain-{shape}"), ModelScores.Samples).Folder;

    private string Exported(int layers)
    {
        var folder = Plain("1x32x4x64");
        DynamoExport.WriteTo(Path.Combine(folder, "model.onnx"), layers);
        return folder;
    }

    private string Optimize(string model) => ModelOptimizer.Write(model, _folder.File(Guid.NewGuid().ToString("N"))).Folder;
}
