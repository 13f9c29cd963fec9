using System.Diagnostics.Metrics;
using Rerank.Shared.Telemetry;

namespace Rerank.TestKit;

/// <summary>The instruments under the names that the Prometheus exporter gives them.</summary>
public static class PrometheusNames
{
    /// <summary>Only there where a device can be read.</summary>
    public static IReadOnlyList<string> OfDevices { get; } = ["rerank_device_memory_bytes", "rerank_device_utilization_ratio"];

    /// <summary>Every series; three of a histogram.</summary>
    public static IReadOnlyList<string> All() => [.. Instruments().SelectMany(Series)];

    private static List<Instrument> Instruments()
    {
        // Its first use makes all of them.
        _ = Shared.Telemetry.Instruments.ScoredPairs;
        var found = new List<Instrument>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Name == TelemetryNames.Scope)
                    found.Add(instrument);
            },
        };
        listener.Start();
        return found;
    }

    private static IEnumerable<string> Series(Instrument instrument)
    {
        var kind = instrument.GetType().Name;
        var name = instrument.Name.Replace('.', '_') + Unit(instrument.Unit, kind.Contains("Gauge", StringComparison.Ordinal));
        if (kind.StartsWith("Histogram", StringComparison.Ordinal))
            return [$"{name}_bucket", $"{name}_sum", $"{name}_count"];
        return [kind.StartsWith("Counter", StringComparison.Ordinal) || kind.StartsWith("ObservableCounter", StringComparison.Ordinal) ? $"{name}_total" : name];
    }

    private static string Unit(string? unit, bool gauge) => unit switch
    {
        "s" => "_seconds",
        "By" => "_bytes",
        "1" when gauge => "_ratio",
        "{pair}/s" => "_per_second",
        _ => "",
    };
}
