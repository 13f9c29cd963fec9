using System.Diagnostics;
using System.Text.Json;
using Rerank.Scorer.Inference;
using Rerank.Scorer.Models;
using Rerank.Scorer.Models.Synth;
using Rerank.TestKit;
using Shouldly;
using Xunit;

namespace Rerank.ParityTests.Scorer.Inference;

/// <summary>
/// Needs a native library with WebGPU and a Vulkan driver: <c>.ci/webgpu</c> fetches both, a slow software driver, into
/// <c>artifacts/webgpu</c>. On a Mac the packaged library has WebGPU.
/// </summary>
public sealed class WebGpuParityTests
{
    private const double Tolerance = 1e-4;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly string Fetched = Path.Combine(Repository.Root, "artifacts", "webgpu");

    private static readonly (string Query, string Document)[] Pairs =
    [
        ("a", "b"),
        ("red planet", "Mars is red."),
        ("how to descale a kettle", "Boil vinegar and water in it, wait, and rinse it twice."),
        ("", "no query at all"),
        ("long", string.Join(' ', Enumerable.Repeat("words and more words", 25))),
    ];

    [Fact]
    public async Task Scores_on_webgpu_are_those_of_the_CPU()
    {
        var library = Path.Combine(Fetched, "libonnxruntime.so.1");
        var driver = Path.Combine(Fetched, "libvk_swiftshader.so");
        var packaged = Backends.Refusal(Backends.WebGpu) is null;
        Assert.SkipUnless(
            packaged || (File.Exists(library) && File.Exists(driver)),
            "The packaged runtime library has no WebGPU here, and artifacts/webgpu has none: run .ci/webgpu first (Debian, npm).");
        using var folder = TemporaryFolder.Create();
        SynthModel.Write(SynthShape.Parse("2x64x2x128"), seed: 1, tokenizerFolder: null, folder.File("tiny"));
        var reference = WriteReference(folder);
        var start = new ProcessStartInfo("dotnet", [
            Path.Combine(AppContext.BaseDirectory, "Rerank.Cli.dll"),
            "model", "verify", folder.File("tiny"), "--reference", reference, "--backend", "webgpu", "--json",
            .. packaged ? [] : new[] { "--runtime-library", library }])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (!packaged)
            UseFetchedDriver(start, driver, folder.File("driver.json"));

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken);

        process.ExitCode.ShouldBe(0, await output + await error);
        TestContext.Current.TestOutputHelper?.WriteLine(await output);
        using var verification = JsonDocument.Parse(await output);
        verification.RootElement.GetProperty("passed").GetInt32().ShouldBe(Pairs.Length);
    }

    /// <summary>The CPU's scores, as a file of published ones.</summary>
    private static string WriteReference(TemporaryFolder folder)
    {
        using var cpu = PairScorer.Load(ModelFolder.Open(folder.File("tiny")));
        var scores = cpu.Score(Pairs, PassSize.Alone, TestContext.Current.CancellationToken).Logits;
        scores.Distinct().Count().ShouldBe(Pairs.Length);
        var path = folder.File("reference.jsonl");
        File.WriteAllLines(path, Pairs.Zip(scores, (pair, score) => JsonSerializer.Serialize(
            new { model = "tiny", query = pair.Query, document = pair.Document, score, tolerance = Tolerance })));
        return path;
    }

    private static void UseFetchedDriver(ProcessStartInfo start, string driver, string description)
    {
        var icd = new { file_format_version = "1.0.0", ICD = new { library_path = driver, api_version = "1.0.5" } };
        File.WriteAllText(description, JsonSerializer.Serialize(icd));
        start.Environment["VK_DRIVER_FILES"] = description;
        // libvulkan.so.1, the loader that looks for drivers, lies there too.
        start.Environment["LD_LIBRARY_PATH"] = Fetched;
    }
}
