using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Rerank.Cli.Output;

/// <summary>The one machine-readable object that a verb with <c>--json</c> prints.</summary>
internal static class JsonLine
{
    internal static void Write<T>(T value, JsonTypeInfo<T> type) => Console.Out.WriteLine(JsonSerializer.Serialize(value, type));
}
