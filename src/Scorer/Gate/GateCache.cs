using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Rerank.Scorer.Gate;

/// <summary>Measurements of former starts: <c>gate/KEY.json</c> in the cache. One that cannot be read or kept is measured again.</summary>
internal sealed class GateCache(string cacheFolder)
{
    private const int KeyLength = 32;

    /// <summary>A key of all that a measurement depends on.</summary>
    internal static string KeyOf(params string[] parts) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))))[..KeyLength];

    internal GateMeasurement? Find(string key)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(FileOf(key)), GateJson.Default.GateMeasurement);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    internal void Keep(string key, GateMeasurement measurement)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(FileOf(key))!);
            var temporary = $"{FileOf(key)}.{Guid.NewGuid():N}";
            File.WriteAllBytes(temporary, JsonSerializer.SerializeToUtf8Bytes(measurement, GateJson.Default.GateMeasurement));
            File.Move(temporary, FileOf(key), overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A read-only cache costs a few seconds at the next start.
        }
    }

    private string FileOf(string key) => Path.Combine(cacheFolder, "gate", $"{key}.json");
}
