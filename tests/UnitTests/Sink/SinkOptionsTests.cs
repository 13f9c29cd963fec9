using Microsoft.Extensions.Options;
using Rerank.Sink;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Sink;

public sealed class SinkOptionsTests
{
    [Fact]
    public async Task All_wrong_settings_are_told_at_once()
    {
        using var host = SinkHost.Build(["--Sink:Dataset=a b", "--Sink:RollRows=0"]);

        var failure = await Should.ThrowAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken));

        failure.Message.ShouldContain("Sink__Output is not set");
        failure.Message.ShouldContain("Sink__Dataset is 'a b'");
        failure.Message.ShouldContain("RollRows");
    }
}
