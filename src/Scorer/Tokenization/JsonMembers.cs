using System.Text.Json;

namespace Rerank.Scorer.Tokenization;

/// <summary>Reads members that may be absent or of another kind: an undefined element or null is the answer, never an exception.</summary>
internal static class JsonMembers
{
    internal static JsonElement Find(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : default;

    internal static JsonElement At(this JsonElement element, int index) =>
        element.ValueKind == JsonValueKind.Array && index < element.GetArrayLength() ? element[index] : default;

    internal static IEnumerable<JsonElement> Items(this JsonElement element) =>
        element.ValueKind == JsonValueKind.Array ? element.EnumerateArray() : [];

    internal static bool IsMissing(this JsonElement element) => element.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null;

    internal static string? AsText(this JsonElement element) =>
        element.ValueKind == JsonValueKind.String ? element.GetString() : null;

    internal static int? AsNumber(this JsonElement element) =>
        element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out var number) ? number : null;

    internal static double? AsDouble(this JsonElement element) =>
        element.ValueKind == JsonValueKind.Number && element.TryGetDouble(out var number) ? number : null;

    internal static bool? AsBoolean(this JsonElement element) =>
        element.ValueKind is JsonValueKind.True or JsonValueKind.False ? element.GetBoolean() : null;
}
