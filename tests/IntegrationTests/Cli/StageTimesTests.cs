using System.Globalization;
using Rerank.Shared.Hosting;
using Rerank.TestKit;
using Shouldly;
using Xunit;

namespace Rerank.IntegrationTests.Cli;

/// <summary>Whether the stages that the tables hold add up to the latency, by the clock of the broker.</summary>
public sealed class StageTimesTests : IDisposable
{
    private const int Sampled = 1_000;

    // Times of pairs are whole milliseconds, and a sum has three of them.
    private const double RoundingMs = 3;

    private readonly TemporaryFolder _folder = TemporaryFolder.Create();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Stages_explain_98_percent_of_the_latency_of_1000_pairs()
    {
        var (model, output) = (_folder.File("model"), _folder.File("out"));
        (await CliProcess.RunAsync(["model", "synth", "--shape", "2x128x2x512", "--seed", "1", "--output", model])).ExitCode.ShouldBe(ExitCode.Done);

        var bench = await CliProcess.RunAsync(["bench", Experiment(), "--model", model, "--output", output]);

        bench.ExitCode.ShouldBe(ExitCode.Done, bench.Error);
        var pairs = Duck.Query($"""
            with p as (select job, id, batch_id, epoch_ms(queued_at) as queued, epoch_ms(received_at) as received, epoch_ms(durable_at) as durable
                       from '{output}/scores/*/*.parquet' where job in (select job from '{output}/requests/*.parquet')),
                 b as (select job, batch_id, epoch_us(started_at) / 1000.0 as started, tokenize_ms, inference_ms, publish_ms
                       from '{output}/batches/*/*.parquet')
            select p.durable - p.queued as latency_ms, p.received - p.queued as broker_ms, b.tokenize_ms,
              b.started - p.received - b.tokenize_ms as window_ms, b.inference_ms, b.publish_ms
            from p join b using (job, batch_id) join '{output}/requests/*.parquet' r on r.job = p.job and r.request || '-0' = p.id
            """).Select(row => row.Select(value => Convert.ToDouble(value, CultureInfo.InvariantCulture)).ToArray()).ToList();
        pairs.Count.ShouldBe(Sampled);
        var odd = pairs.Where(pair => Math.Abs(Stages(pair) - pair[0]) > Math.Max(RoundingMs, 0.02 * pair[0])).ToList();
        odd.Count.ShouldBe(0, $"of {Sampled} pairs, such as: {string.Join(", ", odd.FirstOrDefault() ?? [])}");
        (pairs.Sum(Stages) / pairs.Sum(pair => pair[0])).ShouldBeInRange(0.98, 1.02);
    }

    private static double Stages(double[] pair) => pair[1..].Sum();

    /// <summary>A request is a pair, and so many callers wait that the queue is most of their latency.</summary>
    private string Experiment()
    {
        var file = _folder.File("stages.yaml");
        File.WriteAllText(
            file,
            $"""
            name: stages
            description: One pair a request, many callers, on a real CPU
            model: builtin:lexical
            backend: cpu
            precision: fp32
            adaptive: true
            requests: {Sampled}
            grid:
              - batch: [1]
                concurrency: [128]
            simulate:
              device: reference
            small:
              requests: {Sampled}
              model: builtin:lexical
            """);
        return file;
    }
}
