using System.Diagnostics;
using Rerank.Shared.Messaging;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Shared;

public sealed class LeaseHolderTests
{
    [Fact]
    public void A_live_process_is_not_gone() => LeaseHolder.IsGone(LeaseHolder.Current).ShouldBeFalse();

    [Fact]
    public async Task A_process_that_has_ended_is_gone_where_that_can_be_known()
    {
        using var process = Process.Start("true");
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        LeaseHolder.IsGone(HeldBy(process.Id)).ShouldBe(OperatingSystem.IsLinux());
    }

    [Fact]
    public void Another_process_under_the_same_number_is_not_the_holder() =>
        LeaseHolder.IsGone(HeldBy(1)).ShouldBe(OperatingSystem.IsLinux());

    [Theory]
    [InlineData("")]
    [InlineData("somebody")]
    [InlineData("host, process 12")]
    [InlineData("host, process 12 (00000000 pid:[1] 77)")]
    public void Of_other_machines_nothing_is_known(string holder) => LeaseHolder.IsGone(holder).ShouldBeFalse();

    /// <summary>As this process would be described under another number.</summary>
    private static string HeldBy(int processId) =>
        LeaseHolder.Current.Replace($"process {Environment.ProcessId}", $"process {processId}", StringComparison.Ordinal);
}
