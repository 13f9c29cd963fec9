using Rerank.Cli.Reports.Recording;
using Rerank.Shared.Contracts;
using Rerank.Sink.Parquet;
using Xunit;

namespace Rerank.UnitTests.Cli.Reports;

/// <summary>A bench folder of a small made-up device: one lane, a request a pass, every time known.</summary>
internal sealed class GeneratedBench(string path)
{
    internal const double SendMs = 2;
    internal const double BrokerMs = 3;
    internal const double TokenizeMs = 4;
    internal const double PublishMs = 2;
    internal const double AnswerMs = 1;

    private const long StartUs = 1_767_323_045_000_000;

    private readonly BenchOutput _output = new(path);

    internal List<(Measurement Measurement, RequestRow Row)> Requests { get; } = [];

    internal static RunRecord Run(string name, string device = "generated", params IReadOnlyList<ConfigurationRecord> configurations) => new()
    {
        Run = $"{name}-1",
        Name = name,
        Description = "Generated data, nothing was measured",
        StartedAt = DateTimeOffset.FromUnixTimeMilliseconds(StartUs / 1000),
        Model = "builtin:lexical@1/fp32/0123456789abcdef",
        ModelType = "Cross-Encoder",
        Backend = "cpu",
        Device = device,
        DeviceKind = DeviceKind.Simulated,
        Precision = "fp32",
        Load = configurations.Any(configuration => configuration.OfferedRate is not null) ? LoadShape.Open : LoadShape.Closed,
        DynamicBatching = new DynamicBatching(true, 256, 0),
        RequestsPerConfiguration = 40,
        Workload = new Workload(
            "msmarco-lengths",
            "Words drawn to the lengths of MS MARCO",
            [.. Enumerable.Range(0, 14).Select(i => new LengthBin((i * 16) + 1, (i + 1) * 16, (long)(900 * Math.Exp(-(i - 6) * (i - 6) / 12.0))))]),
        Host = new HostRecord("Made-up 2", 2, 8192, "Linux", "X64", ".NET 10.0.4"),
        Threads = new ThreadSettings(1, 1),
        Packages = new Dictionary<string, string> { ["Microsoft.ML.OnnxRuntime"] = "1.31.1", ["NATS.Client.Core"] = "3.3.2" },
        ToolVersion = "0.1.0",
        Commit = "0123456789ab",
        Command = $"rerank bench {name}.yaml --output {name}",
        Configurations = configurations,
    };

    internal static ConfigurationRecord[] Grid(int[] batches, int[] concurrencies) =>
    [
        .. batches.SelectMany(batch => concurrencies.Select(concurrency => (batch, concurrency)))
            .Select((point, i) => new ConfigurationRecord { Index = i + 1, Batch = point.batch, Concurrency = point.concurrency }),
    ];

    internal async Task WriteAsync(RunRecord run, int requests = 40, int repeats = 2, bool withScores = true, double msPerPair = 1.2)
    {
        _output.Write(run);
        foreach (var configuration in run.Configurations)
        {
            for (var repeat = 1; repeat <= repeats; repeat++)
                await MeasureAsync(new Measurement(run.Run, configuration.Index, repeat), configuration, requests, withScores, msPerPair);
        }
    }

    private async Task MeasureAsync(
        Measurement measurement, ConfigurationRecord configuration, int requests, bool withScores, double msPerPair)
    {
        var random = new Random((measurement.Configuration * 31) + measurement.Repeat);
        var job = $"{measurement.Run}-{measurement.Configuration}-{measurement.Repeat}";
        var batch = configuration.Batch!.Value;
        var startMs = (StartUs / 1000.0) + (measurement.Configuration * 100_000) + (measurement.Repeat * 1_000_000);
        var callers = new double[configuration.Concurrency ?? requests];
        if (configuration.OfferedRate is { } rate)
        {
            // Due at exponential gaps, whatever became of the ones before.
            for (var i = 1; i < callers.Length; i++)
                callers[i] = callers[i - 1] - (Math.Log(1 - random.NextDouble()) * 1000 * batch / rate);
        }

        double free = 0;
        var rows = new List<RequestRow>();
        var batches = new List<(ScoredBatch, long)>();
        for (var request = 0; request < requests; request++)
        {
            var caller = configuration.OfferedRate is null ? Array.IndexOf(callers, callers.Min()) : request;
            var sent = callers[caller];
            var queued = sent + SendMs;
            var received = queued + BrokerMs;
            var length = random.Next(60, 230);
            var inference = Math.Round(30 + (batch * msPerPair * (0.7 + (0.6 * random.NextDouble()))));
            var started = Math.Max(free, received + TokenizeMs);
            free = started + inference;
            var durable = free + PublishMs;
            var answered = durable + AnswerMs;
            callers[caller] = answered;

            var passRandom = random.NextDouble();
            rows.Add(new RequestRow(request, job, batch, At(startMs + sent), At(startMs + answered), sent, answered - sent));
            var pass = new PassTiming
            {
                BatchId = $"{job}:{request}",
                Session = 0,
                StartedUs = Us(startMs + started),
                EndedUs = Us(startMs + started + inference),
                Backend = "cpu",
                Device = "generated",
                Precision = "fp32",
                Pairs = batch,
                PassPairs = batch,
                RowsPadded = batch,
                Length = length,
                TokensReal = (long)(batch * length * (0.6 + (0.4 * passRandom))),
                Window = batch * callers.Length,
                CloseReason = passRandom < 0.7 ? "planned" : passRandom < 0.9 ? "deadline" : "drain",
                PredictedMs = inference * (0.9 + (0.2 * random.NextDouble())),
                CpuPercent = 90 + (10 * random.NextDouble()),
                RssMb = 200 + (request * 0.5),
                OldestQueuedUs = Us(startMs + queued),
                BrokerMs = BrokerMs,
                TokenizeMs = TokenizeMs,
                WindowMs = started - received - TokenizeMs,
                InferenceMs = inference,
            };
            var scores = Enumerable.Range(0, batch).Select(i => new ScoredRow(
                (request * batch) + i, $"{request}-{i}", $"q{request}", $"d{i}", null, i, length, false, 0, Us(startMs + queued), Us(startMs + received)));
            batches.Add((new ScoredBatch(job, 0, "builtin:lexical@1/fp32/0123456789abcdef", "scorer-1", [.. scores], [pass]), Us(startMs + durable)));
        }

        await _output.WriteAsync(measurement, batches, TestContext.Current.CancellationToken);
        if (withScores)
            await WriteScoresAsync(job, batches);
        await _output.WriteAsync(measurement, rows, TestContext.Current.CancellationToken);
        Requests.AddRange(rows.Select(row => (measurement, row)));
    }

    private async Task WriteScoresAsync(string job, IEnumerable<(ScoredBatch Batch, long DurableUs)> batches)
    {
        var rows = new ScoresRows();
        foreach (var (batch, durable) in batches)
        {
            foreach (var row in batch.Rows)
                rows.Add(row.Ordinal, row, batch, durable);
        }

        var folder = Directory.CreateDirectory(Path.Combine(_output.Folder.Scores, $"job={job}")).FullName;
        await using var file = await ParquetFile.CreateAsync(
            new FileStream(Path.Combine(folder, "part.parquet"), FileMode.Create, FileAccess.ReadWrite), rows, TestContext.Current.CancellationToken);
        await file.WriteRowGroupAsync(rows, TestContext.Current.CancellationToken);
        await file.CloseAsync([], rows.Schema(), TestContext.Current.CancellationToken);
    }

    private static DateTimeOffset At(double unixMs) => DateTimeOffset.FromUnixTimeMilliseconds((long)Math.Round(unixMs));

    private static long Us(double unixMs) => (long)Math.Round(unixMs) * 1000;
}
