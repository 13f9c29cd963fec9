using Google.Protobuf;
using Microsoft.Extensions.Logging;
using Rerank.Scorer.Gate;
using Rerank.Scorer.Inference;
using Rerank.Scorer.Models;
using Rerank.Scorer.Models.Onnx;
using Rerank.Scorer.Models.Rewriting;
using Rerank.Scorer.Models.Synth;
using Rerank.Scorer.Tokenization;
using Rerank.Shared.Hosting;
using Rerank.TestKit;
using Rerank.UnitTests.Scorer.Models.Rewriting;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Scorer.Gate;

public sealed class StartGateTests : IDisposable
{
    private readonly TemporaryFolder _folder = TemporaryFolder.Create();
    private readonly RecordedLog _log = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("int8")]
    [InlineData("int4")]
    [InlineData("fp16")]
    public void A_model_that_quantize_made_passes(string precision)
    {
        Check(GateMode.Refuse, Quantized(precision));

        var (level, text) = Verdicts.ShouldHaveSingleItem();
        level.ShouldBe(LogLevel.Information);
        text.ShouldContain("16 sample pairs differ from fp32 on the CPU by at most");
    }

    [Fact]
    public void A_broken_weight_is_refused_with_code_2()
    {
        var failure = Should.Throw<StageFailedException>(() => Check(GateMode.Refuse, Broken(Quantized("int8"))));

        failure.ExitCode.ShouldBe(ExitCode.WrongUsage);
        failure.Message.ShouldContain("differs from fp32 on the CPU by");
        failure.Message.ShouldContain("(0.3 is allowed)");
    }

    [Fact]
    public void A_broken_weight_is_warned_of_where_that_is_asked_for_and_again_at_the_next_start()
    {
        var broken = Broken(Quantized("int8"));

        Check(GateMode.Warn, broken);
        Check(GateMode.Warn, broken);

        Verdicts.Select(entry => entry.Level).ShouldBe([LogLevel.Warning, LogLevel.Warning]);
    }

    [Fact]
    public void Nothing_is_scored_where_the_gate_is_off_or_the_model_is_the_reference_itself()
    {
        Check(GateMode.Off, Broken(Quantized("int8")), score: _ => throw new InvalidOperationException("scored"));
        Check(GateMode.Refuse, ModelFolder.Open(Plain), score: _ => throw new InvalidOperationException("scored"));

        Verdicts.ShouldHaveSingleItem().Text.ShouldContain("there is nothing to compare");
    }

    [Fact]
    public void What_was_measured_is_not_measured_again()
    {
        var model = Quantized("int8");
        Check(GateMode.Refuse, model);

        Check(GateMode.Refuse, model, score: _ => throw new InvalidOperationException("scored"));

        Verdicts.Select(entry => entry.Text).Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public void Another_backend_is_compared_even_in_fp32()
    {
        var failure = Should.Throw<StageFailedException>(
            () => Check(GateMode.Refuse, ModelFolder.Open(Plain), "webgpu", pairs => [.. pairs.Select(pair => (float)pair.InputIds.Length)]));

        failure.Message.ShouldContain("on webgpu");
        failure.Message.ShouldContain("(0.001 is allowed)");
    }

    [Fact]
    public void Scores_that_change_with_the_rest_of_the_pass_are_refused()
    {
        var model = Quantized("int8");
        using var scores = new ModelScores(model.TokenizerFolder);

        var failure = Should.Throw<StageFailedException>(() => Check(
            GateMode.Refuse, model, score: pairs => [.. scores.Of([.. pairs]).Select(score => score + (0.05f * (pairs.Count - 1)))]));

        failure.Message.ShouldContain("with the rest of its pass");
    }

    [Fact]
    public void Scores_that_are_no_numbers_are_refused_and_kept_as_such()
    {
        var model = Quantized("int8");

        Should.Throw<StageFailedException>(() => Check(GateMode.Refuse, model, score: pairs => [.. pairs.Select(_ => float.NaN)]));
        Should.Throw<StageFailedException>(() => Check(GateMode.Refuse, model, score: _ => throw new InvalidOperationException("scored")));
    }

    [Fact]
    public void Without_an_fp32_file_it_is_said_that_nothing_was_checked()
    {
        var model = Quantized("int8");
        Directory.Move(Plain, _folder.File("elsewhere"));

        Check(GateMode.Warn, model);

        var (level, text) = Verdicts.ShouldHaveSingleItem();
        level.ShouldBe(LogLevel.Warning);
        text.ShouldContain("is not checked: no fp32 file");
        text.ShouldContain(_folder.File("plain"));
        Should.Throw<StageFailedException>(() => Check(GateMode.Refuse, model));
    }

    [Fact]
    public void The_fp32_file_is_found_beside_the_model_when_both_have_moved_and_another_of_its_name_is_not_taken()
    {
        var model = Quantized("int8");
        var moved = Directory.CreateDirectory(_folder.File("moved")).FullName;
        Directory.Move(model.TokenizerFolder, Path.Combine(moved, "int8"));
        Directory.Move(Plain, Path.Combine(moved, "plain"));

        FullPrecision.Of(ModelFolder.Open(Path.Combine(moved, "int8")))!.TokenizerFolder.ShouldBe(Path.Combine(moved, "plain"));

        Directory.Delete(Path.Combine(moved, "plain"), recursive: true);
        SynthModel.Write(SynthShape.Parse("2x64x4x128"), seed: 5, tokenizerFolder: null, Path.Combine(moved, "plain"));
        FullPrecision.Of(ModelFolder.Open(Path.Combine(moved, "int8"))).ShouldBeNull();
    }

    [Fact]
    public void The_pairs_are_samples_of_the_project_and_of_many_lengths()
    {
        var samples = File.ReadLines(ModelScores.Samples)
            .Select(line => Rerank.Shared.Contracts.PairCodec.Decode(System.Text.Encoding.UTF8.GetBytes(line)).Pair!)
            .Select(pair => (pair.Query, pair.Document))
            .ToHashSet();
        var pairs = GatePairs.Encode(PairTokenizer.Load(Plain), maxPositions: 512);

        GatePairs.Texts.ShouldAllBe(pair => samples.Contains(new ValueTuple<string, string>(pair.Query, pair.Document)));
        pairs.Length.ShouldBe(16);
        pairs.Min(pair => pair.InputIds.Length).ShouldBeLessThan(20);
        pairs.Max(pair => pair.InputIds.Length).ShouldBeGreaterThan(250);
    }

    [Fact]
    public void Static_shapes_are_measured_apart_from_dynamic_ones_and_from_other_static_ones()
    {
        var model = Quantized("int8");
        var measured = 0;

        foreach (var shapes in new[] { "Dynamic", $"Bucketed, {new ShapeBuckets(512, 512)}", $"Bucketed, {new ShapeBuckets(2048, 512)}" })
        {
            Measure(shapes).ShouldBeTrue(shapes);
            Measure(shapes).ShouldBeFalse(shapes);
        }

        bool Measure(string shapes)
        {
            using var scores = new ModelScores(model.TokenizerFolder);
            var before = measured;
            Check(GateMode.Refuse, model, shapes: shapes, score: pairs =>
            {
                measured++;
                return scores.Of([.. pairs]);
            });
            return measured > before;
        }
    }

    [Fact]
    public void A_tokenizer_that_cuts_words_otherwise_than_the_library_is_refused_even_with_fp32()
    {
        var model = ModelFolder.Open(Plain);
        var broken = TokenizerCheckTests.WithoutOnePiece(model.TokenizerFolder, _folder.File("broken"));

        var failure = Should.Throw<StageFailedException>(() => Check(GateMode.Refuse, model, tokenizer: broken));
        Check(GateMode.Warn, model, tokenizer: broken);
        Check(GateMode.Off, model, tokenizer: broken);
        Check(GateMode.Refuse, model);

        failure.ExitCode.ShouldBe(ExitCode.WrongUsage);
        failure.Message.ShouldContain("differ from Microsoft.ML.Tokenizers");
        _log.Entries.Where(entry => entry.Text.Contains("Microsoft.ML.Tokenizers", StringComparison.Ordinal)).Select(entry => entry.Level)
            .ShouldBe([LogLevel.Warning, LogLevel.Information]);
    }

    /// <summary>What was said about scores.</summary>
    private IEnumerable<(LogLevel Level, string Text)> Verdicts => _log.Entries
        .Select(entry => (entry.Level, entry.Text))
        .Where(entry => !entry.Text.Contains("Microsoft.ML.Tokenizers", StringComparison.Ordinal));

    private string Plain
    {
        get
        {
            var folder = _folder.File("plain");
            return Directory.Exists(folder)
                ? folder
                : SynthModel.Write(SynthShape.Parse("2x64x4x128"), seed: 4, tokenizerFolder: null, folder, ModelScores.Samples).Folder;
        }
    }

    private ModelFolder Quantized(string precision) => ModelFolder.Open(ModelQuantizer.Write(new QuantizeRequest
    {
        Model = Plain,
        OutputFolder = _folder.File(precision),
        Precision = precision,
        CalibrationFile = ModelScores.Samples,
    }).Folder);

    /// <summary>The same model with one of its matrices of bytes upside down.</summary>
    private static ModelFolder Broken(ModelFolder model)
    {
        var graph = ModelGraph.Load(model.OnnxPath).Model;
        var matrix = graph.Graph.Initializer.First(tensor => tensor.DataType == (int)ElementType.Int8);
        matrix.RawData = ByteString.CopyFrom([.. matrix.RawData.Reverse()]);
        using (var file = File.Create(model.OnnxPath))
            graph.WriteTo(file);
        return ModelFolder.Open(model.TokenizerFolder);
    }

    private void Check(
        GateMode mode,
        ModelFolder model,
        string backend = "cpu",
        Func<IReadOnlyList<TokenizedPair>, float[]>? score = null,
        string shapes = "Dynamic",
        PairTokenizer? tokenizer = null)
    {
        using var scores = new ModelScores(model.TokenizerFolder);
        new StartGate(mode, _folder.File("cache"), _log).Check(
            new GateSubject(model, tokenizer ?? PairTokenizer.Load(model.TokenizerFolder), backend, "a device", shapes),
            score ?? (pairs => scores.Of([.. pairs])),
            TestContext.Current.CancellationToken);
    }
}
