using Rerank.Scorer.Inference;
using Rerank.Scorer.Inference.CoreML;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Scorer.Inference.CoreML;

public sealed class CoreMLSettingsTests
{
    private static readonly string Hash = new('a', 64);
    private static readonly PassShape Shape = new(8, 64);

    private static readonly CoreMLSettings Settings =
        new(CoreMLComputeUnits.ALL, CoreMLModelFormat.MLProgram, "/cache", "ort1.31.1-macos26.0");

    [Fact]
    public void Whatever_a_compiled_model_depends_on_gives_it_a_folder_of_its_own()
    {
        string[] folders =
        [
            Settings.CompiledFolder(Hash, Shape),
            Settings.CompiledFolder(new string('b', 64), Shape),
            Settings.CompiledFolder(Hash, Shape with { Rows = 1 }),
            Settings.CompiledFolder(Hash, Shape with { Length = 128 }),
            Settings.CompiledFolder(Hash, shape: null),
            (Settings with { ComputeUnits = CoreMLComputeUnits.CPUOnly }).CompiledFolder(Hash, Shape),
            (Settings with { Format = CoreMLModelFormat.NeuralNetwork }).CompiledFolder(Hash, Shape),
            (Settings with { Runtime = "ort1.32.0-macos26.0" }).CompiledFolder(Hash, Shape),
        ];

        folders.Distinct().Count().ShouldBe(folders.Length);
        folders.ShouldAllBe(folder => folder.StartsWith("/cache"));
        Settings.CompiledFolder(Hash, Shape).ShouldBe(folders[0]);
    }

    [Fact]
    public void The_provider_gets_the_options_under_the_names_that_it_knows()
    {
        var options = (Settings with { ComputeUnits = CoreMLComputeUnits.CPUAndNeuralEngine }).ProviderOptions(Hash, Shape);

        options["ModelFormat"].ShouldBe("MLProgram");
        options["MLComputeUnits"].ShouldBe("CPUAndNeuralEngine");
        options["RequireStaticInputShapes"].ShouldBe("0");
        options["ModelCacheDirectory"].ShouldEndWith("8x64-MLProgram-CPUAndNeuralEngine-ort1.31.1-macos26.0");
    }
}
