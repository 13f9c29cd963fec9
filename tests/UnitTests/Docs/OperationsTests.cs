using Rerank.Ingest;
using Rerank.Scorer;
using Rerank.Shared.Messaging;
using Rerank.Shared.Telemetry;
using Rerank.Shared.Topology;
using Rerank.Sink;
using Rerank.TestKit;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Docs;

public sealed class OperationsTests
{
    private static readonly string Text = File.ReadAllText(Path.Combine(Repository.Root, "docs", "operations.md"));

    [Theory]
    [InlineData(NatsOptions.Section, typeof(NatsOptions))]
    [InlineData(QueueOptions.Section, typeof(QueueOptions))]
    [InlineData(TelemetryOptions.Section, typeof(TelemetryOptions))]
    [InlineData(IngestOptions.Section, typeof(IngestOptions))]
    [InlineData(ScorerOptions.Section, typeof(ScorerOptions))]
    [InlineData(SinkOptions.Section, typeof(SinkOptions))]
    public void Every_setting_is_described(string section, Type options)
    {
        foreach (var setting in options.GetProperties())
            Text.ShouldContain($"`{section}__{setting.Name}`");
    }
}
