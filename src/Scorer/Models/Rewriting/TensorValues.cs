using System.Globalization;
using System.Runtime.InteropServices;
using Google.Protobuf;
using Rerank.Scorer.Models.Onnx;

namespace Rerank.Scorer.Models.Rewriting;

/// <summary>Values of constants, wherever the file keeps them.</summary>
internal static class TensorValues
{
    internal static float[] Floats(TensorProto tensor)
    {
        if (!tensor.HasRawData)
            return [.. tensor.FloatData];
        return MemoryMarshal.Cast<byte, float>(tensor.RawData.Span).ToArray();
    }

    /// <summary>Integers, or null where the tensor holds none.</summary>
    internal static long[]? Integers(TensorProto? tensor) => (ElementType?)tensor?.DataType switch
    {
        ElementType.Int64 when tensor!.HasRawData => MemoryMarshal.Cast<byte, long>(tensor.RawData.Span).ToArray(),
        ElementType.Int64 => [.. tensor!.Int64Data],
        ElementType.Int32 when tensor!.HasRawData => [.. MemoryMarshal.Cast<byte, int>(tensor.RawData.Span).ToArray()],
        ElementType.Int32 => [.. tensor!.Int32Data],
        _ => null,
    };

    internal static long Count(TensorProto tensor) => tensor.Dims.Aggregate(1L, (product, dimension) => product * dimension);

    /// <summary>Fetches values that lie in a file beside the model into the tensor.</summary>
    internal static void BringIn(TensorProto tensor, string onnxPath)
    {
        if (tensor.DataLocation != DataLocation.DataExternal)
            return;
        var entries = tensor.ExternalData.ToDictionary(entry => entry.Key, entry => entry.Value, StringComparer.Ordinal);
        var path = Path.Combine(Path.GetDirectoryName(onnxPath)!, entries["location"]);
        using var file = File.OpenRead(path);
        file.Position = Number(entries, "offset", 0);
        var length = Number(entries, "length", file.Length - file.Position);
        if (file.Position + length > file.Length)
            throw new ModelException($"{path} is truncated: {tensor.Name} should end at byte {file.Position + length:N0} of it. Fetch it again.");
        var bytes = new byte[checked((int)length)];
        file.ReadExactly(bytes);
        tensor.RawData = UnsafeByteOperations.UnsafeWrap(bytes);
        tensor.ExternalData.Clear();
        tensor.DataLocation = DataLocation.DataDefault;
    }

    private static long Number(Dictionary<string, string> entries, string key, long otherwise) =>
        entries.TryGetValue(key, out var text) ? long.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
