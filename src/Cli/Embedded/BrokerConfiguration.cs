using System.Globalization;

namespace Rerank.Cli.Embedded;

/// <summary>
/// The server's configuration file. Its sizes are chosen from the free disk when the store is made, and kept with it: streams keep
/// the size that they were made with, so a later, smaller limit would refuse them.
/// </summary>
/// <param name="MaxStoreBytes">All of JetStream's files.</param>
internal sealed record BrokerConfiguration(long MaxStoreBytes)
{
    private const string SizeKey = "max_file_store: ";
    private const long LeastStream = 16L << 20;
    private const long MostStream = 1L << 30;

    /// <summary>Each of the three streams: a quarter, so that the buckets have the last one.</summary>
    internal long StreamBytes => MaxStoreBytes / 4;

    /// <summary>At most an eighth of the free disk a stream: the dataset needs the rest.</summary>
    internal static BrokerConfiguration For(long freeBytes) => new(Math.Clamp(freeBytes / 8, LeastStream, MostStream) * 4);

    /// <summary>The configuration of the store that is there, or a new one.</summary>
    internal static BrokerConfiguration LoadOrCreate(BrokerFolder folder)
    {
        if (folder.HasStore && File.Exists(folder.Configuration) && Read(folder.Configuration) is { } existing)
            return existing;

        var configuration = For(new DriveInfo(folder.Path).AvailableFreeSpace);
        File.WriteAllText(folder.Configuration, configuration.ToText());
        return configuration;
    }

    /// <summary>Paths are relative to the server's working folder, so that no character of the output's path needs quoting.</summary>
    internal string ToText() =>
        $$"""
        host: "127.0.0.1"
        port: -1
        ports_file_dir: "."
        jetstream {
          store_dir: "nats"
          {{SizeKey}}{{MaxStoreBytes}}
        }
        """;

    private static BrokerConfiguration? Read(string path) =>
        File.ReadLines(path)
            .Select(line => line.Trim())
            .Where(line => line.StartsWith(SizeKey, StringComparison.Ordinal))
            .Select(line => new BrokerConfiguration(long.Parse(line[SizeKey.Length..], CultureInfo.InvariantCulture)))
            .FirstOrDefault();
}
