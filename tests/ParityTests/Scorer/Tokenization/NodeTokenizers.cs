using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Rerank.TestKit;
using Xunit;

namespace Rerank.ParityTests.Scorer.Tokenization;

/// <summary>Hugging Face's <c>tokenizers</c> in Node, installed under <c>artifacts</c> by the first test that wants it.</summary>
public sealed class NodeTokenizers : IAsyncLifetime
{
    private const string Package = "tokenizers@0.23.2";

    private static readonly string Folder = Path.Combine(Repository.Root, "artifacts", "npm");
    private string? _problem;

    public async ValueTask InitializeAsync()
    {
        if (Directory.Exists(Path.Combine(Folder, "node_modules", "tokenizers")))
            return;
        Directory.CreateDirectory(Folder);
        string[] quick = ["--no-audit", "--no-fund", "--ignore-scripts", "--fetch-retries=0", "--fetch-timeout=30000"];
        var (exitCode, _, error) = await RunAsync("npm", ["install", "--prefix", Folder, .. quick, Package]);
        if (exitCode != 0)
            _problem = $"npm could not install {Package}: {error}";
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>What it makes of each pair, in order; skips the test where Node or the package cannot be had.</summary>
    internal async Task<List<Encoded>> EncodeAsync(string tokenizerJson, IReadOnlyList<FuzzPair> pairs)
    {
        Assert.SkipWhen(_problem is not null, _problem ?? "");
        using var folder = TemporaryFolder.Create();
        await File.WriteAllLinesAsync(folder.File("pairs.jsonl"), pairs.Select(pair => pair.ToJson()), TestContext.Current.CancellationToken);
        var script = Path.Combine(AppContext.BaseDirectory, "Scorer", "Tokenization", "encode-pairs.cjs");
        var (exitCode, output, error) = await RunAsync("node", [script, tokenizerJson, folder.File("pairs.jsonl")]);
        Assert.True(exitCode == 0, error);
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Encoded.Read)];
    }

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            Environment = { ["NODE_PATH"] = Path.Combine(Folder, "node_modules") },
        };
        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return (process.ExitCode, await output, error);
        }
        catch (Win32Exception e)
        {
            return (-1, "", $"{program} cannot be started ({e.Message}); install Node.");
        }
    }

    /// <summary>One answer; without ids where it refused the pair.</summary>
    internal sealed record Encoded(int[]? Ids, int[]? Types, string? Error)
    {
        public static Encoded Read(string line)
        {
            using var json = JsonDocument.Parse(line);
            var root = json.RootElement;
            return root.TryGetProperty("error", out var error)
                ? new Encoded(Ids: null, Types: null, error.GetString())
                : new Encoded(Numbers(root.GetProperty("ids")), Numbers(root.GetProperty("types")), Error: null);
        }

        public override string ToString() => Ids is null ? $"refused: {Error}" : $"{string.Join(' ', Ids)} | {string.Concat(Types!)}";

        private static int[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(number => number.GetInt32())];
    }
}
