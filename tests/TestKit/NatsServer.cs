using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Rerank.Shared.Messaging;
using Rerank.Shared.Topology;

namespace Rerank.TestKit;

/// <summary>A real <c>nats-server</c> with JetStream as a child process, on a free loopback port, its store in a temporary folder.</summary>
public sealed class NatsServer : IAsyncDisposable
{
    private const string PortPrefix = "Listening for client connections on 127.0.0.1:";
    private readonly TemporaryFolder _folder;
    private readonly int _port;
    private Process _process;

    private NatsServer(TemporaryFolder folder, Process process, int port)
    {
        _folder = folder;
        _process = process;
        _port = port;
    }

    public string Url => $"nats://127.0.0.1:{_port}";

    public int ProcessId => _process.Id;

    public static async Task<NatsServer> StartAsync(string? configuration = null)
    {
        var folder = TemporaryFolder.Create();
        if (configuration is not null)
            await File.WriteAllTextAsync(folder.File("nats.conf"), configuration);
        var (process, port) = await LaunchAsync(folder, port: -1);
        return new NatsServer(folder, process, port);
    }

    /// <summary>Ends the server at once, without a chance to write anything.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Starts it again on the same port, with the same store.</summary>
    public async Task RestartAsync()
    {
        (_process, _) = await LaunchAsync(_folder, _port);
    }

    /// <summary>A connection in a namespace of its own.</summary>
    public Task<Broker> ConnectAsync(string @namespace, QueueOptions? queue = null) =>
        Broker.ConnectAsync(
            new NatsOptions { Url = Url, Namespace = @namespace },
            queue ?? new QueueOptions { MaxBytes = 64 << 20 },
            "test",
            NullLoggerFactory.Instance,
            TimeProvider.System,
            CancellationToken.None);

    /// <summary>A namespace that no other test uses.</summary>
    public static string NewNamespace() => "t" + Guid.NewGuid().ToString("N")[..12];

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
        _folder.Dispose();
    }

    private static async Task<(Process Process, int Port)> LaunchAsync(TemporaryFolder folder, int port)
    {
        var start = new ProcessStartInfo("nats-server") { RedirectStandardError = true, UseShellExecute = false };
        string[] arguments = ["--jetstream", "--addr", "127.0.0.1", "--port", $"{port}", "--store_dir", folder.File("jetstream")];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        if (File.Exists(folder.File("nats.conf")))
        {
            start.ArgumentList.Add("--config");
            start.ArgumentList.Add(folder.File("nats.conf"));
        }

        var process = Process.Start(start) ?? throw new InvalidOperationException("nats-server did not start; is it on PATH?");
        var ready = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var log = new List<string>();
        var actualPort = port;
        process.ErrorDataReceived += (_, received) =>
        {
            if (received.Data is not { } line)
            {
                ready.TrySetException(new InvalidOperationException($"nats-server ended at start:\n{string.Join('\n', log)}"));
                return;
            }

            log.Add(line);
            var at = line.IndexOf(PortPrefix, StringComparison.Ordinal);
            if (at >= 0)
                actualPort = int.Parse(line.AsSpan(at + PortPrefix.Length));
            if (line.Contains("Server is ready", StringComparison.Ordinal))
                ready.TrySetResult(actualPort);
        };
        process.BeginErrorReadLine();
        return (process, await ready.Task);
    }
}
