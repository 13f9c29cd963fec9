using System.Text.Json.Serialization;
using Rerank.Cli.Reports.Figures;
using Rerank.Cli.Reports.Recording;
using Rerank.Shared.Contracts;

namespace Rerank.Cli.Reports;

/// <summary>JSON of a report: snake_case, null members left out. Keys of dictionaries are left as they are.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    Converters = [typeof(SnakeCaseEnumConverter<DeviceKind>), typeof(SnakeCaseEnumConverter<LoadShape>)],
    WriteIndented = true,
    NewLine = "\n")]
[JsonSerializable(typeof(ReportDocument))]
internal sealed partial class ReportJson : JsonSerializerContext;
