using System.Diagnostics;
using System.Text.Json;
using Rerank.Scorer.Models;
using Rerank.TestKit;

namespace Rerank.Benchmarks.Whole;

/// <summary>transformers.js in a process of its own. Its time begins when the model has run once; it tokenizes in that time.</summary>
internal sealed class TransformersJs(ModelFolder model, WholeWorkload workload, int batch, int threads, int mostPairs) : ISystem
{
    public string Name => $"{Contenders.Rows(batch)}, {threads} {(threads == 1 ? "thread" : "threads")}";

    public int MostPairs => mostPairs;

    internal static string Script => Path.Combine(Folder, "transformers-js.mjs");

    private static string Folder => Path.Combine(Repository.Root, "tests", "Benchmarks", "peers");

    /// <summary>Why it cannot be measured here; null if it can.</summary>
    internal static string? WhyMissing(ModelFolder model) =>
        !Directory.Exists(Path.Combine(Folder, "node_modules", "@huggingface"))
            ? "transformers.js is not installed: npm install --ignore-scripts in tests/Benchmarks/peers."
            : !File.Exists(Path.Combine(model.TokenizerFolder, ModelFiles.Tokenizer))
                ? $"transformers.js needs a {ModelFiles.Tokenizer}, which the model folder has not."
                : null;

    /// <summary>Of the program and of what it runs on; null where it is not installed.</summary>
    internal static string? Versions() => Directory.Exists(Path.Combine(Folder, "node_modules"))
        ? $"transformers.js {Version("@huggingface/transformers")}, onnxruntime-node {Version("onnxruntime-node")}, "
            + $"node {CommandText.Of("node", "--version")}"
        : null;

    public async Task<Measurement> MeasureAsync(int pairs)
    {
        var scoresFile = Path.GetTempFileName();
        try
        {
            var start = new ProcessStartInfo(
                "node",
                [
                    Script, Path.GetDirectoryName(model.OnnxPath)!, workload.FileOf(pairs),
                    "--batch", $"{batch}", "--threads", $"{threads}", "--scores", scoresFile,
                ])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            };
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            var text = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            if (process.ExitCode != 0)
                throw new InvalidOperationException($"transformers.js ended with exit code {process.ExitCode}: {await errors}");
            return Read(text, pairs, [.. File.ReadLines(scoresFile).Select(Score)]);
        }
        finally
        {
            File.Delete(scoresFile);
        }
    }

    private Measurement Read(string text, int pairs, float[] scores)
    {
        using var json = JsonDocument.Parse(text);
        var lengths = workload.Lengths.Take(pairs).ToArray();
        return new Measurement(
            json.RootElement.GetProperty("seconds").GetDouble(),
            json.RootElement.GetProperty("cpu_seconds").GetDouble(),
            PassCuts.PaddingWaste(PassCuts.Arrival(lengths, batch), lengths),
            scores);
    }

    private static float Score(string line)
    {
        using var json = JsonDocument.Parse(line);
        return json.RootElement.GetProperty("score").GetSingle();
    }

    private static string Version(string package)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "node_modules", package, "package.json")));
        return json.RootElement.GetProperty("version").GetString()!;
    }
}
