using Rerank.Ingest.Jobs;
using Rerank.Shared.Hosting;
using Rerank.Shared.Topology;
using Rerank.TestKit;
using Shouldly;
using Xunit;

namespace Rerank.IntegrationTests.Ingest;

public sealed class IngestCrashTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private static readonly QueueOptions Queue = new() { MaxBytes = 64 << 20 };
    private readonly TemporaryFolder _folder = TemporaryFolder.Create();
    private readonly CancellationTokenSource _timeout = new(Patience);
    private readonly string _namespace = NatsServer.NewNamespace();
    private NatsServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await NatsServer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _timeout.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_process_that_is_killed_resumes_from_its_checkpoint_without_gaps()
    {
        const int Count = 20_000;
        string[] settings = [$"Ingest:Input={Write(Count)}", "Ingest:Job=job", "Ingest:CheckpointEvery=1000"];
        await using var broker = await _server.ConnectAsync(_namespace, Queue);
        var ledger = await JobLedger.OpenAsync(broker, _timeout.Token);
        for (var kill = 1; kill <= 3; kill++)
        {
            using var victim = IngestProcess.Start(_server, _namespace, settings);
            await Poll.UntilAsync(async () => await NextOrdinalAsync(ledger) >= kill * 4000, _timeout.Token);
            victim.Kill();
            await victim.WaitAsync(_timeout.Token);
        }

        var resumedFrom = await NextOrdinalAsync(ledger);
        await using var downstream = await FakeDownstream.StartAsync(broker, "job");
        using var last = IngestProcess.Start(_server, _namespace, settings);
        var (exitCode, errors) = await last.WaitAsync(_timeout.Token);

        exitCode.ShouldBe(ExitCode.Done, errors);
        resumedFrom.ShouldBeInRange(12_000, Count);
        errors.ShouldContain($"resumes after {resumedFrom:N0} records");
        downstream.Pairs.Distinct().Order().ShouldBe(Enumerable.Range(0, Count).Select(i => (long)i));
        // Between a checkpoint and the kill: at most what one checkpoint and one window hold, three times.
        downstream.Pairs.Count.ShouldBeLessThan(Count + (3 * 4000));
    }

    [Fact]
    public async Task An_interrupted_process_exits_130_and_publishes_nothing_twice_when_resumed()
    {
        const int Count = 5000;
        string[] settings = [$"Ingest:Input={Write(Count)}", "Ingest:Job=job", "Ingest:MaxInFlight=64"];
        await using var broker = await _server.ConnectAsync(_namespace, new QueueOptions { MaxBytes = 64 << 20, MaxMessagesPerJob = 1000 });
        var ledger = await JobLedger.OpenAsync(broker, _timeout.Token);
        using var interrupted = IngestProcess.Start(_server, _namespace, settings);
        await Poll.UntilAsync(async () => (await ledger.FindAsync("job", _timeout.Token))?.Lag?.Pending == 1000, _timeout.Token);

        interrupted.Interrupt();
        var (exitCode, _) = await interrupted.WaitAsync(_timeout.Token);

        exitCode.ShouldBe(ExitCode.Interrupted);
        await using var downstream = await FakeDownstream.StartAsync(broker, "job");
        using var resumed = IngestProcess.Start(_server, _namespace, settings);
        (await resumed.WaitAsync(_timeout.Token)).ExitCode.ShouldBe(ExitCode.Done);
        downstream.Pairs.Distinct().Order().ShouldBe(Enumerable.Range(0, Count).Select(i => (long)i));
        downstream.Pairs.Count.ShouldBeLessThanOrEqualTo(Count + 64);
    }

    [Fact]
    public async Task A_broker_killed_and_restarted_while_pairs_are_published_loses_none()
    {
        const int Count = 20_000;
        await using var broker = await _server.ConnectAsync(_namespace, Queue);
        var ledger = await JobLedger.OpenAsync(broker, _timeout.Token);
        await using var run = await IngestRun.StartAsync(
            _server, _namespace, $"Ingest:Input={Write(Count)}", "Ingest:Job=job", "Ingest:CheckpointEvery=500");
        await Poll.UntilAsync(async () => await NextOrdinalAsync(ledger) >= 2000, _timeout.Token);

        await _server.KillAsync();
        await _server.RestartAsync();
        await using var downstream = await FakeDownstream.StartAsync(broker, "job");

        (await run.WaitAsync(_timeout.Token)).ShouldBe(ExitCode.Done, run.Failure);
        downstream.Pairs.Distinct().Order().ShouldBe(Enumerable.Range(0, Count).Select(i => (long)i));
    }

    [Fact]
    public async Task A_broker_killed_and_restarted_while_the_scores_are_awaited_ends_the_job_all_the_same()
    {
        await using var broker = await _server.ConnectAsync(_namespace, Queue);
        var ledger = await JobLedger.OpenAsync(broker, _timeout.Token);
        await using var run = await IngestRun.StartAsync(_server, _namespace, $"Ingest:Input={Write(1000)}", "Ingest:Job=job");
        await Poll.UntilAsync(async () => (await ledger.FindAsync("job", _timeout.Token))?.Ingest?.Total == 1000, _timeout.Token);

        await _server.KillAsync();
        await _server.RestartAsync();
        await using var downstream = await FakeDownstream.StartAsync(broker, "job");

        (await run.WaitAsync(_timeout.Token)).ShouldBe(ExitCode.Done, run.Failure);
        downstream.Pairs.Distinct().Count().ShouldBe(1000);
    }

    [Fact]
    public async Task Standard_input_is_read_to_its_end_and_resumed_by_counting()
    {
        const int Count = 3000;
        string[] settings = ["Ingest:Input=-", "Ingest:Job=piped"];
        await using var broker = await _server.ConnectAsync(_namespace, Queue);
        var ledger = await JobLedger.OpenAsync(broker, _timeout.Token);
        using (var interrupted = IngestProcess.Start(_server, _namespace, settings))
        {
            foreach (var line in Lines.Pairs(1000))
                await interrupted.Input.WriteLineAsync(line);
            await interrupted.Input.FlushAsync(_timeout.Token);
            await Poll.UntilAsync(async () => (await ledger.FindAsync("piped", _timeout.Token))?.Lag?.Pending > 0, _timeout.Token);
            interrupted.Interrupt();
            (await interrupted.WaitAsync(_timeout.Token)).ExitCode.ShouldBe(ExitCode.Interrupted);
        }

        await using var downstream = await FakeDownstream.StartAsync(broker, "piped");
        using var resumed = IngestProcess.Start(_server, _namespace, settings);
        foreach (var line in Lines.Pairs(Count))
            await resumed.Input.WriteLineAsync(line);
        resumed.Input.Close();

        var (exitCode, errors) = await resumed.WaitAsync(_timeout.Token);
        exitCode.ShouldBe(ExitCode.Done, errors);
        downstream.Pairs.Order().ShouldBe(Enumerable.Range(0, Count).Select(i => (long)i));
    }

    [Fact]
    public async Task A_second_process_waits_and_then_gives_up_while_a_live_one_holds_the_job()
    {
        string[] settings = ["Ingest:Input=-", "Ingest:Job=job", "Queue:LeaseAge=00:00:02"];
        await using var broker = await _server.ConnectAsync(_namespace, new QueueOptions { MaxBytes = 64 << 20, LeaseAge = TimeSpan.FromSeconds(2) });
        var ledger = await JobLedger.OpenAsync(broker, _timeout.Token);
        using var first = IngestProcess.Start(_server, _namespace, settings);
        await Poll.UntilAsync(async () => (await ledger.FindAsync("job", _timeout.Token))?.Ingest is not null, _timeout.Token);

        using var second = IngestProcess.Start(_server, _namespace, settings);
        var (exitCode, errors) = await second.WaitAsync(_timeout.Token);

        exitCode.ShouldBe(ExitCode.Failed);
        errors.ShouldContain("The job 'job' is being ingested by");
    }

    private async Task<long> NextOrdinalAsync(JobLedger ledger) =>
        (await ledger.FindAsync("job", _timeout.Token))?.Ingest?.NextOrdinal ?? 0;

    private string Write(int count)
    {
        var path = _folder.File("pairs.jsonl");
        File.WriteAllLines(path, Lines.Pairs(count));
        return path;
    }
}
