using System.Text;
using System.Text.Json;
using Rerank.Scorer.Simulation;
using Rerank.Scorer.Tokenization;
using Rerank.Shared.Contracts;

namespace Rerank.Benchmarks.Whole;

/// <summary>The pairs that all systems score, as a file of JSON lines and as tokens.</summary>
internal sealed class WholeWorkload
{
    internal const int MaxLength = 512;
    private const int Seed = 1;

    private readonly string[] _lines;
    private readonly string _folder;

    private WholeWorkload(string name, string[] lines, PairTokenizer tokenizer, string folder)
    {
        Name = name;
        _lines = lines;
        _folder = folder;
        Tokens = [.. lines.Select(line => Encode(tokenizer, line))];
        Lengths = [.. Tokens.Select(pair => pair.InputIds.Length)];
    }

    /// <summary>What it is, for the report.</summary>
    internal string Name { get; }

    internal TokenizedPair[] Tokens { get; }

    /// <summary>Tokens of each pair, special tokens included.</summary>
    internal int[] Lengths { get; }

    /// <param name="name"><c>msmarco</c>, <c>skewed</c>, or a file of JSON lines.</param>
    /// <param name="pairs">How many at most.</param>
    /// <param name="tokenizer">The model's.</param>
    /// <param name="folder">For the files.</param>
    /// <exception cref="UsageException">There is no such workload, or it holds no pairs.</exception>
    internal static WholeWorkload Create(string name, int pairs, PairTokenizer tokenizer, string folder)
    {
        var (description, lines) = name switch
        {
            "msmarco" => (
                "msmarco: common words of one token each, lengths drawn as those of MS MARCO's queries and passages",
                Drawn(WorkloadText.Draw, pairs)),
            "skewed" => (
                "skewed: common words of one token each, lengths drawn from a lognormal distribution of median 77.2 and sigma 0.412 "
                + "(mean 84, 95th percentile 152), cut at 373",
                Drawn(WorkloadText.DrawSkewed, pairs)),
            _ when File.Exists(name) => (Path.GetFileName(name), [.. File.ReadLines(name).Where(line => line.Length > 0).Take(pairs)]),
            _ => throw new UsageException($"There is no workload '{name}': msmarco, skewed, or a file of JSON lines."),
        };
        return lines.Length > 0
            ? new WholeWorkload(description, lines, tokenizer, folder)
            : throw new UsageException($"The workload '{name}' holds no pairs.");
    }

    /// <summary>A file with so many pairs: the first ones, or all of them again and again.</summary>
    internal string FileOf(int pairs)
    {
        var path = Path.Combine(_folder, $"first-{pairs}.jsonl");
        if (!File.Exists(path))
            File.WriteAllLines(path, Enumerable.Range(0, pairs).Select(i => _lines[i % _lines.Length]));
        return path;
    }

    private static string[] Drawn(Func<Random, (string Query, string Document)> draw, int pairs)
    {
        var random = new Random(Seed);
        return [.. Enumerable.Range(0, pairs).Select(i =>
        {
            var (query, document) = draw(random);
            return JsonSerializer.Serialize(new { id = $"p{i}", query, document });
        })];
    }

    private static TokenizedPair Encode(PairTokenizer tokenizer, string line)
    {
        var result = PairCodec.Decode(Encoding.UTF8.GetBytes(line));
        return result.Pair is { } pair
            ? tokenizer.Encode(pair.Query, pair.Document, MaxLength)
            : throw new UsageException($"This line of the workload is no pair: {line[..Math.Min(80, line.Length)]}");
    }
}
