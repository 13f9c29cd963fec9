using System.Globalization;

namespace Rerank.Benchmarks.Whole;

/// <summary>What the command was asked for.</summary>
internal sealed record WholeOptions(string Model, string Workload)
{
    internal const string Usage =
        "whole MODEL msmarco|skewed|PAIRS.jsonl [--pairs N] [--rounds N] [--only a,b] [--peer-pairs N] [--trial-pairs N] "
        + "[--warm-up-pairs N] [--tool Rerank.Cli.dll] [--output F.md]";

    /// <summary>Pairs of the workload that are scored. Default 4,000.</summary>
    internal int Pairs { get; private init; } = 4000;

    /// <summary>Turns of each system. Default 3.</summary>
    internal int Rounds { get; private init; } = 3;

    /// <summary>Pairs that other programs are given, which take longer. Default 1,000.</summary>
    internal int PeerPairs { get; private init; } = 1000;

    /// <summary>Pairs of the trial before the rounds. Default 400.</summary>
    internal int TrialPairs { get; private init; } = 400;

    /// <summary>Pairs of the job that the pipeline has scored before the one that is measured. Default 1,000.</summary>
    internal int WarmUpPairs { get; private init; } = 1000;

    /// <summary>Keys of the systems. Default: all.</summary>
    internal IReadOnlyList<string> Only { get; private init; } = [];

    /// <summary>The tool whose <c>run</c> is measured, such as one that was published. Default: this build of it, in this program.</summary>
    internal string Tool { get; private init; } = typeof(WholeOptions).Assembly.Location;

    /// <summary>File for the report, which is printed too. Default: none.</summary>
    internal string? Output { get; private init; }

    /// <exception cref="UsageException">An option is unknown or has no value that fits.</exception>
    internal static WholeOptions Parse(string[] arguments)
    {
        if (arguments.Length < 2 || arguments.Length % 2 != 0)
            throw new UsageException($"usage: {Usage}");
        var options = new WholeOptions(arguments[0], arguments[1]);
        foreach (var pair in arguments.Skip(2).Chunk(2))
        {
            options = pair switch
            {
                ["--pairs", var value] => options with { Pairs = Count(value) },
                ["--rounds", var value] => options with { Rounds = Count(value) },
                ["--peer-pairs", var value] => options with { PeerPairs = Count(value) },
                ["--trial-pairs", var value] => options with { TrialPairs = Count(value) },
                ["--warm-up-pairs", var value] => options with { WarmUpPairs = Count(value) },
                ["--only", var value] => options with { Only = value.Split(',') },
                ["--tool", var value] when File.Exists(value) => options with { Tool = value },
                ["--tool", var value] => throw new UsageException($"There is no file '{value}' (--tool)."),
                ["--output", var value] => options with { Output = value },
                _ => throw new UsageException($"There is no option {pair[0]}. usage: {Usage}"),
            };
        }

        return options;

        int Count(string value) => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0
            ? count
            : throw new UsageException($"'{value}' is no number above 0. usage: {Usage}");
    }
}
