namespace Rerank.Shared.Telemetry;

/// <summary>Where metrics and traces go (section <c>Telemetry</c>). All off by default.</summary>
public sealed class TelemetryOptions
{
    public const string Section = "Telemetry";

    /// <summary>Port of <c>/metrics</c> for Prometheus; 0 for none. Default 0.</summary>
    [Hosting.Limits(0, 65535)]
    public int PrometheusPort { get; set; }

    /// <summary>Where that port is opened: a name or address of this machine, or <c>*</c> for all of them. Default <c>localhost</c>.</summary>
    public string PrometheusHost { get; set; } = "localhost";

    /// <summary>gRPC address of an OpenTelemetry collector, such as <c>http://localhost:4317</c>. Default: none.</summary>
    public string? OtlpEndpoint { get; set; }

    /// <summary>Share of the pairs that Ingest traces through all stages, 0 to 1. Default 0.</summary>
    public double TraceRatio { get; set; }

    internal bool IsOn => PrometheusPort > 0 || Collector is not null;

    internal Uri? Collector => string.IsNullOrWhiteSpace(OtlpEndpoint) ? null : new Uri(OtlpEndpoint);
}
