using Rerank.Scorer.Inference;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Scorer.Inference;

/// <summary>The texts follow the documented formats; they are not recordings.</summary>
public sealed class DeviceReportTests
{
    private const string AppleSilicon = """
        +-o AGXAcceleratorG14X  <class AGXAcceleratorG14X, id 0x1000008ba, registered, matched, active, busy 0 (0 ms), retain 131>
            {
              "IOClass" = "AGXAcceleratorG14X"
              "model" = "Apple M2 Pro"
              "PerformanceStatistics" = {"In use system memory (driver)"=0,"Alloc system memory"=9437184000,"Tiler Utilization %"=11,"recoveryCount"=0,"Renderer Utilization %"=37,"Device Utilization %"=41,"SplitSceneCount"=0,"In use system memory"=1073741824}
              "gpu-core-count" = 19
            }
        """;

    [Fact]
    public void Ioreg_tells_bytes_in_use_and_per_cent() =>
        DeviceReport.OfIoreg(AppleSilicon).ShouldBe(new DeviceReading(1024, 41));

    [Fact]
    public void A_member_that_ioreg_lacks_is_null_and_not_that_of_a_similar_name() =>
        DeviceReport.OfIoreg("""  "PerformanceStatistics" = {"In use system memory (driver)"=5,"Renderer Utilization %"=37}""")
            .ShouldBe(DeviceReading.None);

    [Theory]
    [InlineData("1234, 56\n", 1234.0, 56.0)]
    [InlineData("1234, 56\n8, 0\n", 1234.0, 56.0)]
    [InlineData("1234, [N/A]\n", 1234.0, null)]
    [InlineData("[Not Supported], 0\n", null, 0.0)]
    public void Nvidia_smi_tells_MiB_and_per_cent_of_the_first_device(string text, double? memory, double? utilization) =>
        DeviceReport.OfNvidiaSmi(text).ShouldBe(new DeviceReading(memory, utilization));

    [Theory]
    [InlineData("")]
    [InlineData("NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver.\n")]
    [InlineData("-1, 2, 3\n")]
    public void What_is_no_reading_gives_none(string text)
    {
        DeviceReport.OfNvidiaSmi(text).ShouldBe(DeviceReading.None);
        DeviceReport.OfIoreg(text).ShouldBe(DeviceReading.None);
    }

    [Fact]
    public void The_cpu_has_no_monitor() => DeviceMonitor.For("cpu", TimeProvider.System).ShouldBeNull();

    [Fact]
    public async Task What_the_tool_prints_is_read()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no sh here.");
        var read = new TaskCompletionSource<string>();
        var monitor = new DeviceMonitor(TimeProvider.System, "sh", ["-c", "echo 7, 8"], text =>
        {
            read.TrySetResult(text);
            return DeviceReading.None;
        });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var running = monitor.RunAsync(stop.Token);

        (await read.Task.WaitAsync(TimeSpan.FromMinutes(1), stop.Token)).ShouldBe("7, 8\n");

        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => running);
    }

    [Theory]
    [InlineData("/no/such/tool", "")]
    [InlineData("false", "x")]
    public async Task A_tool_that_cannot_be_run_gives_none_and_does_not_end_the_scorer(string program, string argument)
    {
        var monitor = new DeviceMonitor(TimeProvider.System, program, [argument], _ => throw new InvalidOperationException("read"));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var running = monitor.RunAsync(stop.Token);

        running.IsFaulted.ShouldBeFalse();
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => running);

        monitor.Last.ShouldBe(DeviceReading.None);
    }
}
