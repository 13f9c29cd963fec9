namespace Rerank.Cli.Embedded;

/// <summary>Where an embedded broker keeps its things: <c>&lt;output&gt;/.rerank</c>.</summary>
/// <param name="Output">Full path of the dataset.</param>
internal sealed record BrokerFolder(string Output)
{
    internal string Path { get; } = System.IO.Path.Combine(Output, ".rerank");

    /// <summary>JetStream's files.</summary>
    internal string Store => File("nats");

    internal string Configuration => File("nats.conf");

    internal string Log => File("nats.log");

    /// <summary>Process id of the server, while it runs.</summary>
    internal string ProcessId => File("nats.pid");

    /// <summary>See <see cref="BrokerAddress"/>.</summary>
    internal string Address => File("broker.json");

    /// <summary>Locked by the process that owns the broker.</summary>
    internal string Lock => File("broker.lock");

    /// <summary>A server that was not ended, or that was kept for its dead letters, left its messages.</summary>
    internal bool HasStore => Directory.Exists(Store);

    /// <summary>Removes everything of the broker; its server must have ended.</summary>
    internal void Remove()
    {
        if (Directory.Exists(Store))
            Directory.Delete(Store, recursive: true);
        PortsFile.RemoveAll(this);
        foreach (var file in new[] { Configuration, Log, ProcessId, Address, Lock })
            System.IO.File.Delete(file);
    }

    private string File(string name) => System.IO.Path.Combine(Path, name);
}
