using Microsoft.Extensions.Logging.Abstractions;
using Rerank.Scorer;
using Rerank.Scorer.Inference;
using Rerank.Scorer.Inference.CoreML;
using Rerank.Scorer.Models;
using Rerank.Scorer.Models.Rewriting;
using Rerank.Scorer.Models.Synth;
using Rerank.Scorer.Tokenization;
using Rerank.TestKit;
using Shouldly;
using Xunit;

namespace Rerank.ParityTests.Scorer.Inference;

public sealed class CoreMLParityTests
{
    private const string Reason = "CoreML is in the runtime library for macOS on arm64 only.";

    [Theory]
    [InlineData(CoreMLModelFormat.MLProgram, CoreMLComputeUnits.ALL)]
    [InlineData(CoreMLModelFormat.NeuralNetwork, CoreMLComputeUnits.CPUOnly)]
    public void CoreML_gives_the_scores_of_the_CPU_or_is_refused_with_the_reason(CoreMLModelFormat format, CoreMLComputeUnits units)
    {
        Assert.SkipUnless(Backends.Refusal(Backends.CoreML) is null, Reason);
        using var folder = TemporaryFolder.Create();
        SynthModel.Write(SynthShape.Parse("minilm-l6"), seed: 1, tokenizerFolder: null, folder.File("model"));
        var model = ModelFolder.Open(folder.File("model"));
        var tokenizer = PairTokenizer.Load(model.TokenizerFolder);
        var pairs = ProbePairs.Of(tokenizer);
        var length = pairs.Max(pair => pair.InputIds.Length);
        using var cpu = CrossEncoder.LoadForCpu(model, tokenizer.PadTokenId);
        var expected = cpu.Run(pairs, length, new PassBuffers()).ToArray();
        var options = new ScorerOptions
        {
            Backend = Backends.CoreML,
            CoreMLModelFormat = format,
            CoreMLComputeUnits = units,
            CoreMLCacheFolder = folder.File("compiled"),
        };

        try
        {
            using var loaded = LoadedModel.Load(model, tokenizer, BackendChoice.Of(options), NullLogger.Instance);

            loaded.Shapes.ShouldBe(ShapeMode.Bucketed);
            var scores = loaded.Encoder.Run(pairs, length, lane: 0, new PassBuffers()).ToArray();
            scores.Zip(expected).ShouldAllBe(pair => Math.Abs(pair.First - pair.Second) <= CoreMLVerdict.Tolerance);
            Directory.EnumerateFileSystemEntries(folder.File("compiled")).ShouldNotBeEmpty();
        }
        catch (ModelException e)
        {
            // A machine whose CoreML is wrong must not score with it; the test says so.
            TestContext.Current.TestOutputHelper?.WriteLine(e.Message);
            e.Message.ShouldContain("CoreML is not used");
        }
    }

    [Fact]
    public void Auto_starts_on_a_Mac_whatever_the_probe_finds()
    {
        Assert.SkipUnless(Backends.Refusal(Backends.CoreML) is null, Reason);
        using var folder = TemporaryFolder.Create();
        SynthModel.Write(SynthShape.Parse("tinybert-l2"), seed: 1, tokenizerFolder: null, folder.File("model"));
        var model = ModelFolder.Open(folder.File("model"));
        var options = new ScorerOptions { CoreMLCacheFolder = folder.File("compiled") };

        using var loaded = LoadedModel.Load(
            model, PairTokenizer.Load(model.TokenizerFolder), BackendChoice.Of(options), NullLogger.Instance);

        loaded.Backend.ShouldBeOneOf(Backend.CoreML, Backend.Cpu);
    }
}
