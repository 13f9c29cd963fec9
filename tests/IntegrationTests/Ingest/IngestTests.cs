using System.Text;
using Rerank.Shared.Contracts;
using Rerank.Shared.Hosting;
using Rerank.Shared.Topology;
using Rerank.TestKit;
using Shouldly;
using Xunit;

namespace Rerank.IntegrationTests.Ingest;

public sealed class IngestTests(SharedServer fixture) : IClassFixture<SharedServer>, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly TemporaryFolder _folder = TemporaryFolder.Create();
    private readonly CancellationTokenSource _timeout = new(Patience);
    private readonly string _namespace = NatsServer.NewNamespace();

    private NatsServer Server => fixture.Server;

    public void Dispose()
    {
        _timeout.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Every_record_is_published_once_under_its_ordinal_and_bad_ones_become_dead_letters()
    {
        var input = Write([.. Lines.Pairs(1000), "", "{\"id\":\"x\"}", "not json", .. Lines.Pairs(1000)]);
        await using var broker = await Server.ConnectAsync(_namespace);
        await using var downstream = await FakeDownstream.StartAsync(broker, "job");
        await using var run = await IngestRun.StartAsync(Server, _namespace, $"Ingest:Input={input}", "Ingest:Job=job");

        (await run.WaitAsync(_timeout.Token)).ShouldBe(ExitCode.DoneWithDeadLetters);

        downstream.Pairs.Order().ShouldBe(Ordinals(0, 1000).Concat(Ordinals(1002, 1000)));
        downstream.Letters.OrderBy(letter => letter.Ordinal).Select(letter => (letter.Ordinal, letter.Reason, letter.Place)).ShouldBe(
        [
            (1000L, DeadReason.MissingMember, "pairs.jsonl:1002"),
            (1001L, DeadReason.InvalidJson, "pairs.jsonl:1003"),
        ]);
        downstream.Letters.Last(letter => letter.Ordinal == 1001).Original.ShouldBe("not json"u8.ToArray());
    }

    [Fact]
    public async Task An_empty_file_is_a_complete_job_and_so_it_stays()
    {
        var input = Write([]);
        await using var broker = await Server.ConnectAsync(_namespace);
        await using var downstream = await FakeDownstream.StartAsync(broker, "job");
        for (var i = 0; i < 2; i++)
        {
            await using var run = await IngestRun.StartAsync(Server, _namespace, $"Ingest:Input={input}", "Ingest:Job=job");
            (await run.WaitAsync(_timeout.Token)).ShouldBe(ExitCode.Done);
        }

        downstream.Pairs.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_same_command_after_completion_publishes_nothing()
    {
        var input = Write(Lines.Pairs(10));
        await using var broker = await Server.ConnectAsync(_namespace);
        await using var downstream = await FakeDownstream.StartAsync(broker, "job");
        for (var i = 0; i < 2; i++)
        {
            await using var run = await IngestRun.StartAsync(Server, _namespace, $"Ingest:Input={input}", "Ingest:Job=job");
            (await run.WaitAsync(_timeout.Token)).ShouldBe(ExitCode.Done);
        }

        downstream.Pairs.Count.ShouldBe(10);
    }

    [Fact]
    public async Task A_job_resumed_with_another_model_or_another_content_is_refused()
    {
        var input = Write(Lines.Pairs(10));
        await using var broker = await Server.ConnectAsync(_namespace);
        await using (await FakeDownstream.StartAsync(broker, "job"))
        {
            await using var first = await IngestRun.StartAsync(Server, _namespace, $"Ingest:Input={input}", "Ingest:Job=job");
            await first.WaitAsync(_timeout.Token);
        }

        Write(Lines.Pairs(11));
        await using var run = await IngestRun.StartAsync(
            Server, _namespace, $"Ingest:Input={input}", "Ingest:Job=job", "Ingest:Model=other");

        (await run.WaitAsync(_timeout.Token)).ShouldBe(ExitCode.WrongUsage);
        run.Failure.ShouldNotBeNull().ShouldContain("model is 'other', the job has 'builtin:lexical'");
        run.Failure.ShouldContain("content of the source");
        run.Failure.ShouldContain("--job");
    }

    [Fact]
    public async Task A_full_stream_pushes_back_and_publishing_goes_on_when_it_is_drained()
    {
        var input = Write(Lines.Pairs(500));
        await using var broker = await Server.ConnectAsync(_namespace, new QueueOptions { MaxBytes = 64 << 20, MaxMessagesPerJob = 50 });
        await using var run = await IngestRun.StartAsync(Server, _namespace, $"Ingest:Input={input}", "Ingest:Job=job", "Ingest:MaxInFlight=64");
        var ledger = await Rerank.Ingest.Jobs.JobLedger.OpenAsync(broker, _timeout.Token);
        await Poll.UntilAsync(async () => (await ledger.FindAsync("job", _timeout.Token))?.Lag?.Pending == 50, _timeout.Token);

        await using var downstream = await FakeDownstream.StartAsync(broker, "job");

        (await run.WaitAsync(_timeout.Token)).ShouldBe(ExitCode.Done);
        downstream.Pairs.Order().ShouldBe(Ordinals(0, 500));
    }

    [Fact]
    public async Task Ordinals_that_went_missing_are_published_again_and_no_others()
    {
        var input = Write(Lines.Pairs(300));
        await using var broker = await Server.ConnectAsync(_namespace);
        var lost = new HashSet<long> { 0, 17, 18, 299 };
        await using var downstream = await FakeDownstream.StartAsync(broker, "job", lost.Remove);
        await using var run = await IngestRun.StartAsync(Server, _namespace, $"Ingest:Input={input}", "Ingest:Job=job");

        (await run.WaitAsync(_timeout.Token)).ShouldBe(ExitCode.Done);

        downstream.Pairs.Take(300).Order().ShouldBe(Ordinals(0, 300));
        downstream.Pairs.Skip(300).Order().ShouldBe([0L, 17, 18, 299]);
    }

    [Fact]
    public async Task What_is_lost_three_times_more_becomes_a_dead_letter_with_its_original()
    {
        var input = Write(Lines.Pairs(20));
        await using var broker = await Server.ConnectAsync(_namespace);
        await using var downstream = await FakeDownstream.StartAsync(broker, "job", ordinal => ordinal == 7);
        await using var run = await IngestRun.StartAsync(Server, _namespace, $"Ingest:Input={input}", "Ingest:Job=job");

        (await run.WaitAsync(_timeout.Token)).ShouldBe(ExitCode.DoneWithDeadLetters);

        downstream.Pairs.Count(ordinal => ordinal == 7).ShouldBe(4);
        var letter = downstream.Letters.ShouldHaveSingleItem();
        letter.Reason.ShouldBe(DeadReason.Lost);
        letter.Ordinal.ShouldBe(7);
        Encoding.UTF8.GetString(letter.Original).ShouldBe(Lines.Pair(7));
    }

    [Fact]
    public async Task More_bad_records_than_allowed_stop_the_job_and_a_higher_limit_resumes_it()
    {
        var input = Write([.. Lines.Pairs(10), "bad", "bad", "bad", .. Lines.Pairs(10)]);
        await using var broker = await Server.ConnectAsync(_namespace);
        await using var downstream = await FakeDownstream.StartAsync(broker, "job");
        for (var i = 0; i < 2; i++)
        {
            await using var strict = await IngestRun.StartAsync(
                Server, _namespace, $"Ingest:Input={input}", "Ingest:Job=job", "Ingest:MaxErrors=2");
            (await strict.WaitAsync(_timeout.Token)).ShouldBe(ExitCode.Failed);
            strict.Failure.ShouldNotBeNull().ShouldContain("More than 2 records of 'pairs.jsonl' are not pairs");
            strict.Failure.ShouldContain("line 13");
        }

        await using var lenient = await IngestRun.StartAsync(
            Server, _namespace, $"Ingest:Input={input}", "Ingest:Job=job", "Ingest:MaxErrors=3");
        (await lenient.WaitAsync(_timeout.Token)).ShouldBe(ExitCode.DoneWithDeadLetters);
        downstream.Pairs.Order().ShouldBe(Ordinals(0, 10).Concat(Ordinals(13, 10)));
        downstream.Letters.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_thousand_bad_records_at_the_start_stop_the_job_and_name_the_likely_format()
    {
        var input = Write(Enumerable.Range(0, 1500).Select(i => $"p{i},query,document"));
        await using var run = await IngestRun.StartAsync(Server, _namespace, $"Ingest:Input={input}", "Ingest:Job=job");

        (await run.WaitAsync(_timeout.Token)).ShouldBe(ExitCode.Failed);
        run.Failure.ShouldNotBeNull().ShouldContain("it looks like comma-separated text (CSV)");
    }

    [Fact]
    public async Task A_document_of_5_MB_is_cut_and_a_query_over_the_brokers_limit_becomes_a_dead_letter()
    {
        var large = new string('d', 5_000_000);
        var input = Write(
        [
            $$"""{"id":"1","query":"q","document":"{{large}}"}""",
            $$"""{"id":"2","query":"{{large}}","document":"d"}""",
        ]);
        await using var broker = await Server.ConnectAsync(_namespace);
        await using var downstream = await FakeDownstream.StartAsync(broker, "job");
        await using var run = await IngestRun.StartAsync(Server, _namespace, $"Ingest:Input={input}", "Ingest:Job=job");

        (await run.WaitAsync(_timeout.Token)).ShouldBe(ExitCode.DoneWithDeadLetters);

        downstream.Pairs.ShouldBe([0L]);
        var letter = downstream.Letters.ShouldHaveSingleItem();
        letter.Reason.ShouldBe(DeadReason.TooLong);
        letter.Original.Length.ShouldBe(DeadLetter.MaxOriginalBytes);
        letter.Length.ShouldBeGreaterThan(large.Length);
    }

    [Fact]
    public async Task A_gzip_file_is_read_like_the_file_in_it()
    {
        var input = _folder.File("pairs.jsonl.gz");
        await using (var gzip = new System.IO.Compression.GZipStream(File.Create(input), System.IO.Compression.CompressionLevel.Fastest))
            await gzip.WriteAsync(Encoding.UTF8.GetBytes(string.Join('\n', Lines.Pairs(100))), _timeout.Token);
        await using var broker = await Server.ConnectAsync(_namespace);
        await using var downstream = await FakeDownstream.StartAsync(broker, "job");
        await using var run = await IngestRun.StartAsync(Server, _namespace, $"Ingest:Input={input}", "Ingest:Job=job");

        (await run.WaitAsync(_timeout.Token)).ShouldBe(ExitCode.Done);
        downstream.Pairs.Order().ShouldBe(Ordinals(0, 100));
    }

    private static IEnumerable<long> Ordinals(long first, int count) => Enumerable.Range(0, count).Select(i => first + i);

    private string Write(IEnumerable<string> lines)
    {
        var path = _folder.File("pairs.jsonl");
        File.WriteAllLines(path, lines);
        return path;
    }
}
