using Rerank.Shared.Telemetry;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Shared.Telemetry;

public sealed class TelemetryOptionsValidatorTests
{
    [Fact]
    public void Nothing_is_exported_by_default_and_that_is_valid() => Failures(new TelemetryOptions()).ShouldBeEmpty();

    [Fact]
    public void All_of_it_switched_on_is_valid() =>
        Failures(new TelemetryOptions { PrometheusPort = 9464, PrometheusHost = "*", OtlpEndpoint = "http://localhost:4317", TraceRatio = 1 }).ShouldBeEmpty();

    [Fact]
    public void Every_wrong_setting_is_told_with_its_name_and_value()
    {
        var failures = Failures(new TelemetryOptions { PrometheusPort = 70_000, PrometheusHost = "a b", OtlpEndpoint = "collector", TraceRatio = 1.5 });

        failures.Count().ShouldBe(4);
        failures.ShouldContain(failure => failure.Contains("Telemetry__PrometheusPort is '70000'", StringComparison.Ordinal));
        failures.ShouldContain(failure => failure.Contains("Telemetry__PrometheusHost is 'a b'", StringComparison.Ordinal));
        failures.ShouldContain(failure => failure.Contains("Telemetry__OtlpEndpoint is 'collector'", StringComparison.Ordinal));
        failures.ShouldContain(failure => failure.Contains("Telemetry__TraceRatio is '1.5'", StringComparison.Ordinal));
    }

    [Fact]
    public void Traces_without_a_collector_are_refused() =>
        Failures(new TelemetryOptions { TraceRatio = 0.1 }).ShouldHaveSingleItem().ShouldContain("Telemetry__OtlpEndpoint");

    private static IEnumerable<string> Failures(TelemetryOptions options) => new TelemetryOptionsValidator().Validate(null, options).Failures ?? [];
}
