using System.Globalization;
using Microsoft.Extensions.Options;

namespace Rerank.Shared.Telemetry;

/// <summary>Says what is wrong with where telemetry is to go.</summary>
public sealed class TelemetryOptionsValidator : IValidateOptions<TelemetryOptions>
{
    public ValidateOptionsResult Validate(string? name, TelemetryOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        result.AddResult(new TelemetryAnnotations().Validate(name, options));
        if (options.PrometheusHost != "*" && Uri.CheckHostName(options.PrometheusHost) == UriHostNameType.Unknown)
        {
            result.AddError(
                $"Telemetry__PrometheusHost is '{options.PrometheusHost}'; it must be a host name or address of this machine, or * for all.");
        }

        if (!IsAddress(options.OtlpEndpoint))
            result.AddError($"Telemetry__OtlpEndpoint is '{options.OtlpEndpoint}'; it must be an address such as http://localhost:4317.");
        if (!(options.TraceRatio is >= 0 and <= 1))
            result.AddError(Text($"Telemetry__TraceRatio is '{options.TraceRatio}'; it must be 0 to 1."));
        else if (options.TraceRatio > 0 && string.IsNullOrWhiteSpace(options.OtlpEndpoint))
            result.AddError(Text($"Telemetry__TraceRatio is '{options.TraceRatio}', but traces have nowhere to go; set Telemetry__OtlpEndpoint."));
        return result.Build();
    }

    private static bool IsAddress(string? text) =>
        string.IsNullOrWhiteSpace(text)
        || (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Host.Length > 0);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
