using Rerank.Cli.Embedded;
using Rerank.TestKit;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Cli;

public sealed class BrokerConfigurationTests
{
    [Theory]
    [InlineData(1L << 40, 1L << 30)]
    [InlineData(2L << 30, 256L << 20)]
    [InlineData(0, 16L << 20)]
    public void A_stream_takes_at_most_an_eighth_of_the_free_disk(long freeBytes, long streamBytes)
    {
        var configuration = BrokerConfiguration.For(freeBytes);

        configuration.StreamBytes.ShouldBe(streamBytes);
        configuration.MaxStoreBytes.ShouldBe(4 * streamBytes);
    }

    [Fact]
    public void A_store_that_is_there_keeps_its_sizes()
    {
        using var folder = TemporaryFolder.Create();
        var broker = new BrokerFolder(folder.Path);
        Directory.CreateDirectory(broker.Store);
        File.WriteAllText(broker.Configuration, new BrokerConfiguration(123L << 20).ToText());

        BrokerConfiguration.LoadOrCreate(broker).MaxStoreBytes.ShouldBe(123L << 20);
    }
}
