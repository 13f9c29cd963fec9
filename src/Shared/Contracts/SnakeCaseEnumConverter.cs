using System.Text.Json;
using System.Text.Json.Serialization;

namespace Rerank.Shared.Contracts;

/// <summary>Enum members as snake_case text; a number or an unknown member is an error.</summary>
public sealed class SnakeCaseEnumConverter<TEnum>() : JsonStringEnumConverter<TEnum>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false)
    where TEnum : struct, Enum;
