using System.Globalization;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Rerank.Shared.Hosting;

namespace Rerank.Shared.Telemetry;

/// <summary>Listens to the instruments and to the traces of this process, and hands them on.</summary>
internal sealed class Exporters : IDisposable
{
    private readonly MeterProvider _metrics;
    private readonly TracerProvider? _traces;

    private Exporters(MeterProvider metrics, TracerProvider? traces)
    {
        _metrics = metrics;
        _traces = traces;
    }

    /// <exception cref="StageFailedException">The port cannot be opened: metrics that were asked for and are not there would be missed too late.</exception>
    internal static Exporters Start(TelemetryOptions options)
    {
        var metrics = StartMetrics(options);
        PairTraces.SampleEvery = options.TraceRatio > 0 ? Math.Max(1, (long)Math.Round(1 / options.TraceRatio)) : 0;
        return new Exporters(metrics, options.Collector is { } collector ? StartTraces(collector) : null);
    }

    public void Dispose()
    {
        PairTraces.SampleEvery = 0;
        _traces?.Dispose();
        _metrics.Dispose();
    }

    private static MeterProvider StartMetrics(TelemetryOptions options)
    {
        var builder = Sdk.CreateMeterProviderBuilder().ConfigureResource(Describe).AddMeter(Instruments.MeterName);
        if (options.Collector is { } collector)
            builder.AddOtlpExporter(otlp => otlp.Endpoint = collector);
        if (options.PrometheusPort == 0)
            return builder.Build();

        builder.AddPrometheusHttpListener(listener =>
        {
            listener.Host = options.PrometheusHost;
            listener.Port = options.PrometheusPort;
            // The same two labels on every line.
            listener.ScopeInfoEnabled = false;
        });
        try
        {
            return builder.Build();
        }
        catch (InvalidOperationException e)
        {
            throw new StageFailedException(
                ExitCode.WrongUsage,
                $"Telemetry__PrometheusPort is '{options.PrometheusPort.ToString(CultureInfo.InvariantCulture)}', which cannot be opened on "
                + $"{options.PrometheusHost} ({e.GetBaseException().Message}). Choose another one, or 0 for none.",
                e);
        }
    }

    private static TracerProvider StartTraces(Uri collector) =>
        Sdk.CreateTracerProviderBuilder()
            .ConfigureResource(Describe)
            .AddSource(TelemetryNames.Scope)
            .AddOtlpExporter(otlp => otlp.Endpoint = collector)
            .Build();

    // OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES of the environment win.
    private static void Describe(ResourceBuilder resource) => resource
        .Clear()
        .AddService(ServiceName(), serviceVersion: ToolVersion.Text)
        .AddEnvironmentVariableDetector();

    /// <summary>Such as <c>rerank-scorer</c>.</summary>
    private static string ServiceName() => AppDomain.CurrentDomain.FriendlyName.ToLowerInvariant().Replace('.', '-');
}
