using Rerank.Scorer.Inference;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Scorer.Inference;

public sealed class BackendsTests
{
    private static readonly IReadOnlyList<BackendStatus> Linux = Backends.Of(["CPUExecutionProvider"], "ONNX Runtime 1.31.1");

    private static readonly IReadOnlyList<BackendStatus> Mac =
        Backends.Of(["CoreMLExecutionProvider", "WebGpuExecutionProvider", "CPUExecutionProvider"], "ONNX Runtime 1.31.1");

    [Theory]
    [InlineData("coreml", "macOS on arm64")]
    [InlineData("webgpu", "Scorer__RuntimeLibrary")]
    [InlineData("cuda", "GPU build")]
    [InlineData("abacus", "no such backend")]
    [InlineData("CPU", "no such backend")]
    public void A_backend_that_the_library_lacks_is_refused_with_the_fix_and_with_what_is_there(string name, string fix)
    {
        var refusal = Backends.Refusal(name, Linux).ShouldNotBeNull();

        refusal.ShouldContain(fix);
        refusal.ShouldEndWith("Available here: auto, cpu.");
    }

    [Theory]
    [InlineData("auto")]
    [InlineData("cpu")]
    [InlineData("coreml")]
    [InlineData("webgpu")]
    public void What_the_library_has_is_not_refused(string name) => Backends.Refusal(name, Mac).ShouldBeNull();

    [Fact]
    public void The_library_of_this_process_has_the_CPU()
    {
        Backends.Refusal("cpu").ShouldBeNull();
        Backends.Here().Single(status => status.Name == "cpu").Reason.ShouldContain("ONNX Runtime 1.");
    }

    [Fact]
    public void Auto_tries_devices_before_the_CPU_and_never_webgpu()
    {
        Backends.Candidates("auto").ShouldBe([Backend.Cuda, Backend.CoreML, Backend.Cpu]);
        Backends.Candidates("webgpu").ShouldBe([Backend.WebGpu]);
    }

    [Fact]
    public void A_runtime_library_that_is_not_there_is_named() =>
        RuntimeLibrary.Use("/no/such/libonnxruntime.so").ShouldNotBeNull().ShouldContain("no such file (/no/such/libonnxruntime.so)");

    [Fact]
    public void An_older_library_is_offered_to_the_managed_API_that_it_was_tried_with()
    {
        // ApiBase lets version 1.30 answer for it, whose table has as many functions. A newer managed API may call more than that table has.
        RuntimeLibrary.ManagedVersion.Minor.ShouldBe(31);
        typeof(Microsoft.ML.OnnxRuntime.OrtApi).GetFields().Length.ShouldBe(427);
    }
}
