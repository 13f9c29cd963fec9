using Microsoft.ML.OnnxRuntime;
using Rerank.Scorer.Models;
using Rerank.Scorer.Models.Onnx;
using Rerank.Scorer.Models.Synth;
using Rerank.TestKit;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Scorer.Models;

public sealed class SynthModelTests : IDisposable
{
    private static readonly SynthShape Small = SynthShape.Parse("2x32x4x64");

    private readonly TemporaryFolder _folder = TemporaryFolder.Create();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_same_seed_gives_the_same_bytes_and_another_seed_others()
    {
        var hash = Make("a", seed: 7).Hash;

        Make("b", seed: 7).Hash.ShouldBe(hash);
        Make("c", seed: 8).Hash.ShouldNotBe(hash);
        hash.ShouldBe("1f9f2ab86ab843b7331848c3dc35116c4f9f3c098f5376dddf1322e7ecfeedb7", "the bytes must be the same on every machine");
    }

    [Fact]
    public void It_is_a_model_folder_that_runs_with_its_own_vocabulary()
    {
        var report = SynthModel.Write(Small, seed: 1, tokenizerFolder: null, _folder.File("model"));

        var model = ModelFolder.Open(report.Folder);

        model.Identity.ShouldBe($"model@local/fp32/{model.Hash[..16]}");
        model.MaxPositions.ShouldBe(SynthModel.Positions);
        model.HasTokenTypeIds.ShouldBeTrue();
        report.Vocabulary.ShouldBe(30_522);
        File.ReadLines(Path.Combine(model.TokenizerFolder, "vocab.txt")).Count().ShouldBe(30_522);
        report.ModelBytes.ShouldBe(new FileInfo(model.OnnxPath).Length);
    }

    [Fact]
    public void A_batch_scores_as_each_pair_alone()
    {
        using var model = new ModelRun(Make("model", seed: 3).OnnxPath);
        var pairs = Enumerable.Range(1, 6)
            .Select(n => ModelRun.Pair(Ids(100 * n, n + 2), Ids(7 * n, 9 * n)))
            .ToArray();

        var alone = pairs.Select(pair => model.Scores(pair.Ids.Length, pair)[0]).ToArray();
        var together = model.Scores(80, pairs);

        together.Length.ShouldBe(pairs.Length);
        for (var i = 0; i < pairs.Length; i++)
            together[i].ShouldBe(alone[i], tolerance: 1e-5);
        // A mixed-up row must not hide in the tolerance.
        alone.Order().Zip(alone.Order().Skip(1), (low, high) => high - low).Min().ShouldBeGreaterThan(1e-4f);
    }

    [Fact]
    public void The_runtime_recognises_the_patterns_of_an_export()
    {
        var optimized = _folder.File("optimized.onnx");
        using var options = new SessionOptions
        {
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_EXTENDED,
            OptimizedModelFilePath = optimized,
        };

        using var session = new InferenceSession(Make("model", seed: 1).OnnxPath, options);

        var operators = OnnxFile.ReadOutline(optimized).Graph.Node.CountBy(node => node.OpType).ToDictionary();
        operators["LayerNormalization"].ShouldBe((2 * Small.Layers) + 1);
        operators["BiasGelu"].ShouldBe(Small.Layers);
        operators["Shape"].ShouldBe(1, "only the one of the positions: those of the heads have become constants");
        operators.ShouldNotContainKey("Erf");
        operators.ShouldNotContainKey("ReduceMean");
    }

    [Fact]
    public void Parameters_of_the_named_shapes_are_those_of_the_models_they_are_called_after()
    {
        Parameters("tinybert-l2").ShouldBe(4_386_049);
        Parameters("minilm-l6").ShouldBe(22_713_601);
    }

    [Fact]
    public void A_larger_tokenizer_gets_a_larger_vocabulary_and_is_copied()
    {
        var tokenizer = Directory.CreateDirectory(_folder.File("tokenizer")).FullName;
        string[] pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", .. Enumerable.Range(5, 39_996).Select(id => $"w{id}")];
        File.WriteAllLines(Path.Combine(tokenizer, "vocab.txt"), pieces);

        var report = SynthModel.Write(Small, seed: 1, tokenizer, _folder.File("model"));

        report.Vocabulary.ShouldBe(40_001);
        report.Tokenizer.ShouldBe(tokenizer);
        File.ReadAllLines(Path.Combine(report.Folder, "vocab.txt")).ShouldBe(pieces);
    }

    [Fact]
    public void An_output_that_is_there_is_not_touched()
    {
        Make("model", seed: 1);

        Should.Throw<ModelException>(() => Make("model", seed: 1)).Message.ShouldContain("there already");
    }

    [Fact]
    public void A_folder_without_a_tokenizer_is_refused_and_nothing_is_left()
    {
        Should.Throw<ModelException>(() => SynthModel.Write(Small, seed: 1, _folder.Path, _folder.File("model")))
            .Message.ShouldContain("no tokenizer");

        Directory.GetFileSystemEntries(_folder.Path).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("minilm", "neither minilm-l6 nor tinybert-l2")]
    [InlineData("2x32x4", "<layers>x<hidden>x<heads>x<ffn>")]
    [InlineData("0x32x4x64", "1 to 16,384")]
    [InlineData("2x33x4x64", "no multiple of its 4 heads")]
    public void A_wrong_shape_is_refused_with_the_reason(string shape, string reason) =>
        Should.Throw<ModelException>(() => SynthShape.Parse(shape)).Message.ShouldContain(reason);

    private ModelFolder Make(string name, long seed) =>
        ModelFolder.Open(SynthModel.Write(Small, seed, tokenizerFolder: null, _folder.File(name)).Folder);

    private static long[] Ids(int first, int count) => [.. Enumerable.Range(first, count).Select(id => (long)id)];

    private static long Parameters(string shape) =>
        BertGraph.Build(SynthShape.Parse(shape), SynthModel.DefaultVocabulary, SynthModel.Positions, new SeededWeights(0))
            .Streamed.Sum(tensor => (long)tensor.ByteCount / sizeof(float));
}
