using Rerank.Scorer.Gate;
using Rerank.Scorer.Models;
using Rerank.Scorer.Models.Onnx;
using Rerank.Scorer.Models.Rewriting;
using Rerank.Scorer.Models.Synth;
using Rerank.Shared.Hosting;
using Rerank.TestKit;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Scorer.Models.Rewriting;

public sealed class ModelQuantizerTests : IDisposable
{
    private readonly TemporaryFolder _folder = TemporaryFolder.Create();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("int8", false, 0.995)]
    [InlineData("int8", true, 0.995)]
    [InlineData("int4", false, 0.9)]
    [InlineData("fp16", false, 0.99999)]
    public void Scores_follow_those_of_fp32_and_do_not_depend_on_the_pass(string precision, bool perRow, double agreement)
    {
        var plain = Plain();
        var made = Quantize(plain, precision, perRow);
        var pairs = ModelScores.SamplePairs(plain).Take(60).ToArray();
        using var before = new ModelScores(plain);
        using var after = new ModelScores(made);
        var expected = before.OfEachAlone(pairs);
        var deviation = Agreement.StandardDeviation([.. expected]);

        var alone = after.OfEachAlone(pairs);
        var together = pairs.Chunk(7).SelectMany(pass => after.Of(pass)).ToArray();

        deviation.ShouldBeInRange(2, 6, "without a spread of real scores agreement means nothing");
        Agreement.Pearson([.. expected], [.. alone])!.Value.ShouldBeGreaterThan(agreement);
        for (var i = 0; i < pairs.Length; i++)
            together[i].ShouldBe(alone[i], tolerance: 1e-3 * deviation);
    }

    [Theory]
    [InlineData("int8", (int)ElementType.Int8, "MatMulIntegerToFloat")]
    [InlineData("int4", (int)ElementType.UInt8, "MatMulNBits")]
    [InlineData("fp16", (int)ElementType.Float16, "MatMul")]
    public void The_weights_in_the_file_are_what_the_precision_says(string precision, int type, string product)
    {
        var made = ModelFolder.Open(Quantize(Plain(), precision));

        made.Precision.ShouldBe(precision);
        made.NeedsPassesOfOneRow.ShouldBeFalse();
        var graph = OnnxFile.ReadOutline(made.OnnxPath).Graph;
        graph.Node.Count(node => node.OpType == product && node.Name.Contains("/encoder/") && node.Input.Count > 1
            && !node.Name.EndsWith("self/MatMul", StringComparison.Ordinal) && !node.Name.EndsWith("self/MatMul_1", StringComparison.Ordinal)).ShouldBe(12);
        var matrices = graph.Initializer.Where(tensor => tensor.Name.Contains(".encoder.") && tensor.Dims.Count >= 2).ToArray();
        matrices.Length.ShouldBe(12);
        matrices.ShouldAllBe(tensor => tensor.DataType == type);
    }

    [Fact]
    public void An_optimized_model_can_be_quantized_and_a_quantized_one_optimized()
    {
        var plain = Plain();
        var bytes = Quantize(plain, "int8");
        var other = ModelOptimizer.Write(bytes, _folder.File("other")).Folder;
        var pairs = ModelScores.SamplePairs(plain).Take(10).ToArray();
        using var before = new ModelScores(bytes);
        using var after = new ModelScores(other);

        after.Of(pairs).Zip(before.Of(pairs)).ShouldAllBe(scores => Math.Abs(scores.First - scores.Second) < 1e-4);
        ModelFolder.Open(Quantize(ModelOptimizer.Write(plain, _folder.File("optimized")).Folder, "int8")).Precision.ShouldBe("int8");
        ModelFolder.Open(other).Precision.ShouldBe("int8");
    }

    [Fact]
    public void Seven_bits_leave_room_for_the_sum_of_two_products()
    {
        var path = ModelFolder.Open(ModelQuantizer.Write(Request(Plain(), "int8") with { ReduceRange = true }).Folder).OnnxPath;

        ModelGraph.Load(path).Graph.Initializer.Where(tensor => tensor.DataType == (int)ElementType.Int8)
            .SelectMany(tensor => tensor.RawData.ToByteArray()).ShouldAllBe(value => Math.Abs((int)(sbyte)value) <= 63);
    }

    [Theory]
    [InlineData("int8")]
    [InlineData("int4")]
    [InlineData("fp16")]
    public void The_same_model_and_pairs_give_the_same_bytes(string precision)
    {
        var plain = Plain();

        ModelFolder.Open(Quantize(plain, precision)).Hash.ShouldBe(ModelFolder.Open(Quantize(plain, precision)).Hash);
    }

    [Theory]
    [InlineData("int8", "int4")]
    [InlineData("int4", "int8")]
    [InlineData("fp16", "fp16")]
    public void What_is_quantized_is_refused_with_what_it_is(string first, string second)
    {
        var made = Quantize(Plain(), first);

        Should.Throw<ModelException>(() => Quantize(made, second)).Message.ShouldContain($"is {first} already");
    }

    [Theory]
    [InlineData("int8")]
    [InlineData("int4")]
    public void A_graph_without_encoder_is_refused_with_a_node(string precision)
    {
        var lexical = ModelFolder.Open("builtin:lexical", _folder.File("cache")).TokenizerFolder;

        Should.Throw<ModelException>(() => Quantize(lexical, precision)).Message.ShouldContain("The graph is of no known kind: at node '");
    }

    [Theory]
    [InlineData("[]\n")]
    [InlineData("")]
    public void A_file_without_pairs_cannot_calibrate(string content)
    {
        var pairs = _folder.File("pairs.jsonl");
        File.WriteAllText(pairs, content);
        var request = Request(Plain(), "int8") with { CalibrationFile = pairs };

        var failure = Should.Throw<ModelException>(() => ModelQuantizer.Write(request));

        failure.Message.ShouldContain(pairs);
        failure.ExitCode.ShouldBe(ExitCode.Failed);
        Directory.Exists(request.OutputFolder).ShouldBeFalse();
    }

    [Fact]
    public void What_was_named_and_will_not_do_is_wrong_usage_and_what_cannot_be_written_has_failed()
    {
        var plain = Plain();
        var file = _folder.File("file");
        File.WriteAllText(file, "");

        CodeOf(Request(plain, "int8") with { CalibrationFile = _folder.File("nowhere") }).ShouldBe(ExitCode.WrongUsage);
        CodeOf(Request(_folder.File("nowhere"), "int8")).ShouldBe(ExitCode.WrongUsage);
        CodeOf(Request(plain, "int9")).ShouldBe(ExitCode.WrongUsage);
        CodeOf(Request(plain, "fp16") with { OutputFolder = file }).ShouldBe(ExitCode.WrongUsage);
        CodeOf(Request(plain, "fp16") with { OutputFolder = Path.Combine(file, "below") }).ShouldBe(ExitCode.Failed);

        static int CodeOf(QuantizeRequest request) => Should.Throw<ModelException>(() => ModelQuantizer.Write(request)).ExitCode;
    }

    [Fact]
    public void A_truncated_file_is_refused()
    {
        var plain = Plain();
        using (var file = File.OpenWrite(Path.Combine(plain, "model.onnx")))
            file.SetLength(file.Length / 2);

        Should.Throw<ModelException>(() => Quantize(plain, "int8")).Message.ShouldContain("truncated at");
    }

    private string Plain() => SynthModel.Write(
        SynthShape.Parse("2x64x4x128"), seed: 4, tokenizerFolder: null, _folder.File("plain"), ModelScores.Samples).Folder;

    private string Quantize(string model, string precision, bool perRow = false) =>
        ModelQuantizer.Write(Request(model, precision) with { PerRow = perRow }).Folder;

    private QuantizeRequest Request(string model, string precision) => new()
    {
        Model = model,
        OutputFolder = _folder.File(Guid.NewGuid().ToString("N")),
        Precision = precision,
        CalibrationFile = ModelScores.Samples,
    };
}
