using Rerank.Scorer.Inference;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Scorer.Inference;

public sealed class LaneLayoutTests
{
    [Theory]
    [InlineData(nameof(Backend.Cpu), 0, 8, 1)]
    [InlineData(nameof(Backend.Cpu), 3, 3, 1)]
    [InlineData(nameof(Backend.CoreML), 0, 1, 1)]
    [InlineData(nameof(Backend.CoreML), 3, 3, 3)]
    [InlineData(nameof(Backend.WebGpu), 0, 1, 1)]
    [InlineData(nameof(Backend.Cuda), 0, 2, 1)]
    [InlineData(nameof(Backend.Cuda), 4, 4, 1)]
    public void Only_CoreML_has_a_session_a_lane(string backend, int asked, int lanes, int sessions)
    {
        var layout = LaneLayout.For(Enum.Parse<Backend>(backend), asked, cores: 8);

        layout.ShouldBe(new LaneLayout(lanes, sessions, ThreadsPerPass: 1));
    }

    [Fact]
    public void It_reads_as_a_sentence() =>
        LaneLayout.For(Backend.Cpu, 0, cores: 8).ToString().ShouldBe("8 lanes of 1 thread, 1 session");
}
