using Rerank.IntegrationTests.Cli;
using Rerank.Shared.Hosting;
using Rerank.TestKit;
using Shouldly;
using Xunit;

namespace Rerank.IntegrationTests.Pipeline;

/// <summary>The tool on real input: 100 claims with their 20 best abstracts each.</summary>
public sealed class SciFactTests : IDisposable
{
    private readonly TemporaryFolder _folder = TemporaryFolder.Create();

    private string Output => _folder.File("out");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Two_thousand_pairs_become_two_thousand_rows_and_evaluate_as_published()
    {
        var run = await CliProcess.RunAsync("run", "--input", Shared("data/scifact-100x20.jsonl"), "--output", Output);
        run.ExitCode.ShouldBe(ExitCode.Done, run.Error);

        Duck.Query($"select count(*), count(distinct ordinal), min(ordinal), max(ordinal) from '{Output}/scores/*/*.parquet'").Single()
            .Select(Convert.ToInt64).ShouldBe([2000, 2000, 0, 1999]);
        Duck.Scalar<long>($"select sum(rows_written)::bigint from '{Output}/batches/*/*.parquet'").ShouldBe(2000);
        var eval = await CliProcess.RunAsync(
            "eval",
            "--scores", Output,
            "--qrels", Shared("data/scifact-100x20.qrels"),
            "--run", Shared("data/scifact-100x20.bm25.run"),
            "--json");
        var result = System.Text.Json.JsonDocument.Parse(eval.Output).RootElement;
        result.GetProperty("run").GetProperty("ndcg_at_10").GetDouble().ShouldBe(0.7147, 0.00005);
        result.GetProperty("scores").GetProperty("ndcg_at_10").GetDouble().ShouldBeGreaterThan(0.60);
    }

    [Fact]
    public async Task A_neural_score_is_that_of_the_pair_alone_whatever_the_batches_were()
    {
        var model = _folder.File("tiny");
        var input = _folder.File("first.jsonl");
        await File.WriteAllLinesAsync(
            input, File.ReadLines(Shared("data/scifact-100x20.jsonl")).Take(300), TestContext.Current.CancellationToken);
        (await CliProcess.RunAsync(
            "model", "synth", "--shape", "tinybert-l2", "--seed", "1", "--tokenizer", Shared("models/bert-uncased"), "--output", model))
            .ExitCode.ShouldBe(ExitCode.Done);

        await RunAsync(input, model, "together", rows: 32);
        await RunAsync(input, model, "alone", rows: 1);

        Duck.Scalar<int>($"select max(pass_pairs) from '{_folder.File("together")}/batches/*/*.parquet'").ShouldBeGreaterThan(1);
        Duck.Scalar<int>($"select max(pass_pairs) from '{_folder.File("alone")}/batches/*/*.parquet'").ShouldBe(1);
        var apart = Duck.Query(
            $"""
            select count(*), max(abs(together.score - alone.score)), stddev(alone.score)
            from '{_folder.File("together")}/scores/*/*.parquet' together join '{_folder.File("alone")}/scores/*/*.parquet' alone using (ordinal)
            """).Single();
        Convert.ToInt64(apart[0]).ShouldBe(300);
        Convert.ToDouble(apart[1]).ShouldBeLessThan(1e-5);
        // A model that gave every pair the same score would pass the line above.
        Convert.ToDouble(apart[2]).ShouldBeGreaterThan(1e-3);
    }

    private static string Shared(string path)
    {
        var full = Repository.Shared(path);
        Assert.SkipWhen(full is null, $"shared/{path} is not beside the checkout.");
        return full!;
    }

    private async Task RunAsync(string input, string model, string name, int rows)
    {
        using var run = CliProcess.Start(
            new Dictionary<string, string> { ["Scorer__Adaptive"] = "false", ["Scorer__FixedRows"] = $"{rows}" },
            "run", "--input", input, "--output", _folder.File(name), "--model", model);
        run.Input.Close();
        var end = await run.WaitAsync();
        end.ExitCode.ShouldBe(ExitCode.Done, end.Error);
    }
}
