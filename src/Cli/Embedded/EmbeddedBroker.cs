using System.Diagnostics;
using System.Text.Json;
using Rerank.Cli.Output;
using Rerank.Shared.Hosting;

namespace Rerank.Cli.Embedded;

/// <summary>
/// A private <c>nats-server</c> of one dataset: a child process on a free loopback port, its store in the dataset's folder. It ends
/// with this process, whatever way that ends.
/// </summary>
internal sealed class EmbeddedBroker : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);

    private readonly BrokerFolder _folder;
    private readonly FileStream _lock;
    private readonly Process _watchdog;
    private bool _stopped;

    private EmbeddedBroker(BrokerFolder folder, FileStream @lock, Process watchdog, BrokerConfiguration configuration)
    {
        _folder = folder;
        _lock = @lock;
        _watchdog = watchdog;
        StreamBytes = configuration.StreamBytes;
    }

    public string Url { get; private set; } = "";

    /// <summary>Process id of the server.</summary>
    public int ProcessId { get; private set; }

    /// <summary>What each stream may hold: the hosts' <c>Queue__MaxBytes</c>.</summary>
    public long StreamBytes { get; }

    /// <summary>The store had messages of an earlier run.</summary>
    public bool Resumed { get; private init; }

    /// <summary>The address of a dataset's broker that runs in another process; null if none does.</summary>
    /// <exception cref="StageFailedException">It is just starting.</exception>
    public static BrokerAddress? FindRunning(string output)
    {
        var folder = new BrokerFolder(output);
        if (!File.Exists(folder.Lock))
            return null;
        try
        {
            using var free = OpenLock(folder);
            return null;
        }
        catch (IOException)
        {
            return File.Exists(folder.Address)
                ? JsonSerializer.Deserialize(File.ReadAllBytes(folder.Address), CliJson.Default.BrokerAddress)
                : throw new StageFailedException(ExitCode.Failed, $"The broker of {output} is just starting or ending; ask again in a moment.");
        }
    }

    /// <summary>Starts the server on the store of the dataset, an old one or a new one.</summary>
    /// <param name="output">Full path of the dataset; made if it is not there.</param>
    /// <param name="time">For the waiting.</param>
    /// <param name="cancellationToken">Ends the waiting, and the server.</param>
    /// <exception cref="StageFailedException">No server on this machine, the dataset is in use, or the server did not come up.</exception>
    public static async Task<EmbeddedBroker> StartAsync(string output, TimeProvider time, CancellationToken cancellationToken)
    {
        var server = NatsServerBinary.Require();
        var folder = new BrokerFolder(output);
        Directory.CreateDirectory(folder.Path);
        var @lock = TakeLock(folder);
        EmbeddedBroker? broker = null;
        try
        {
            await FormerServer.WaitUntilGoneAsync(folder, time, cancellationToken);
            PortsFile.RemoveAll(folder);
            File.Delete(folder.Address);
            var resumed = folder.HasStore;
            var configuration = BrokerConfiguration.LoadOrCreate(folder);
            broker = new EmbeddedBroker(folder, @lock, Watchdog.Start(server, folder), configuration) { Resumed = resumed };
            await broker.WaitUntilReadyAsync(time, cancellationToken);
            return broker;
        }
        catch
        {
            if (broker is null)
                await @lock.DisposeAsync();
            else
                await broker.DisposeAsync();
            throw;
        }
    }

    /// <summary>Returns when the server has ended by itself.</summary>
    /// <exception cref="StageFailedException">Always, with the end of its log.</exception>
    public async Task FailWhenEndedAsync(CancellationToken cancellationToken)
    {
        await _watchdog.WaitForExitAsync(cancellationToken);
        throw Ended();
    }

    /// <summary>Ends the server; its store stays.</summary>
    public async Task StopAsync()
    {
        if (_stopped)
            return;
        _stopped = true;
        _watchdog.StandardInput.Close();
        using var patience = new CancellationTokenSource(StopLimit);
        try
        {
            await _watchdog.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            using var server = Process.GetProcessById(ProcessId);
            server.Kill();
        }

        File.Delete(_folder.Address);
    }

    /// <summary>Ends the server and removes its store.</summary>
    public async Task RemoveAsync()
    {
        await StopAsync();
        _folder.Remove();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _watchdog.Dispose();
        await _lock.DisposeAsync();
    }

    private static FileStream OpenLock(BrokerFolder folder) =>
        new(folder.Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

    private static FileStream TakeLock(BrokerFolder folder)
    {
        try
        {
            return OpenLock(folder);
        }
        catch (IOException)
        {
            throw new StageFailedException(
                ExitCode.Failed,
                $"Another rerank is working on {folder.Output}. Wait for it (rerank status), or choose another --output.");
        }
    }

    private async Task WaitUntilReadyAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        BrokerAddress? address;
        while ((address = PortsFile.TryRead(_folder)) is null)
        {
            if (_watchdog.HasExited)
                throw Ended();
            if (time.GetElapsedTime(began) > StartLimit)
            {
                throw new StageFailedException(
                    ExitCode.Failed, $"nats-server was not ready after {StartLimit.TotalSeconds} s. Its log, {_folder.Log}, ends:\n{LogTail()}");
            }

            await Task.Delay(PollInterval, time, cancellationToken);
        }

        Url = address.Url;
        ProcessId = address.Pid;
        await File.WriteAllBytesAsync(
            _folder.Address, JsonSerializer.SerializeToUtf8Bytes(address, CliJson.Default.BrokerAddress), cancellationToken);
    }

    private StageFailedException Ended() =>
        new(ExitCode.Failed, $"nats-server ended with exit code {_watchdog.ExitCode}; the same command tries again. Its log, {_folder.Log}, ends:\n{LogTail()}");

    private string LogTail() => File.Exists(_folder.Log) ? string.Join('\n', File.ReadLines(_folder.Log).TakeLast(10)) : "(empty)";
}
