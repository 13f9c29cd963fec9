using System.Text.Json;

namespace Rerank.Cli.Embedded;

/// <summary>The file <c>nats-server_&lt;pid&gt;.ports</c> in which the server says where it listens, once it is ready.</summary>
internal static class PortsFile
{
    private const string Pattern = "*.ports";

    /// <summary>The server's address, or null while it is not there, or only half written.</summary>
    internal static BrokerAddress? TryRead(BrokerFolder folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder.Path, Pattern))
        {
            try
            {
                using var document = JsonDocument.Parse(File.ReadAllBytes(file));
                var url = document.RootElement.GetProperty("nats").EnumerateArray().First().GetString()!;
                return new BrokerAddress(url, PidIn(file));
            }
            catch (Exception e) when (e is JsonException or IOException)
            {
                // Being written.
            }
        }

        return null;
    }

    /// <summary>Removes what a killed server left.</summary>
    internal static void RemoveAll(BrokerFolder folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder.Path, Pattern))
            File.Delete(file);
    }

    private static int PidIn(string file)
    {
        var name = Path.GetFileNameWithoutExtension(file);
        return int.Parse(name[(name.LastIndexOf('_') + 1)..]);
    }
}
