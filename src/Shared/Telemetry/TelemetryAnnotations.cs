using Microsoft.Extensions.Options;

namespace Rerank.Shared.Telemetry;

[OptionsValidator]
internal sealed partial class TelemetryAnnotations : IValidateOptions<TelemetryOptions>;
