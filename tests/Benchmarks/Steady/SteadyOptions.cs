using System.Globalization;
using Rerank.Benchmarks.Whole;

namespace Rerank.Benchmarks.Steady;

/// <summary>What the command was asked for.</summary>
internal sealed record SteadyOptions(string Model, string Workload)
{
    internal const string Usage = "steady MODEL msmarco|skewed|PAIRS.jsonl [--rounds N] [--only a,b] [--output F.md]";

    /// <summary>Turns of each system. Default 12.</summary>
    internal int Rounds { get; private init; } = 12;

    /// <summary>Keys of the systems. Default: all.</summary>
    internal IReadOnlyList<string> Only { get; private init; } = [];

    /// <summary>File for the report, which is printed too. Default: none.</summary>
    internal string? Output { get; private init; }

    /// <exception cref="UsageException">An option is unknown or has no value that fits.</exception>
    internal static SteadyOptions Parse(string[] arguments)
    {
        if (arguments.Length < 2 || arguments.Length % 2 != 0)
            throw new UsageException($"usage: {Usage}");
        var options = new SteadyOptions(arguments[0], arguments[1]);
        foreach (var pair in arguments.Skip(2).Chunk(2))
        {
            options = pair switch
            {
                ["--rounds", var value] when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var rounds) && rounds > 0 =>
                    options with { Rounds = rounds },
                ["--rounds", var value] => throw new UsageException($"'{value}' is no number above 0. usage: {Usage}"),
                ["--only", var value] => options with { Only = value.Split(',') },
                ["--output", var value] => options with { Output = value },
                _ => throw new UsageException($"There is no option {pair[0]}. usage: {Usage}"),
            };
        }

        return options;
    }
}
