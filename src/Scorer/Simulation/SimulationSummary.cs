namespace Rerank.Scorer.Simulation;

/// <summary>The figures of a recording.</summary>
public sealed record SimulationSummary
{
    /// <summary>Pairs scored after the warm-up.</summary>
    public required int Pairs { get; init; }

    /// <summary>Seconds of virtual time after the warm-up.</summary>
    public required double Seconds { get; init; }

    /// <summary>Scored.</summary>
    public required double PairsPerSecond { get; init; }

    /// <summary>Tokens/s of the pairs themselves, without padding.</summary>
    public required double TokensPerSecond { get; init; }

    /// <summary>Queued → scored, pair by pair, in ms.</summary>
    public required LatencySummary Latency { get; init; }

    /// <summary>Received by the scorer → scored, pair by pair, in ms.</summary>
    public required LatencySummary SinceReceived { get; init; }

    /// <summary>Queued → the last score of the request, request by request, in ms.</summary>
    public required LatencySummary Requests { get; init; }

    /// <summary>Part of the passes' tokens that was padding, 0 to 1.</summary>
    public required double PaddingWaste { get; init; }

    /// <summary>Part of the time in which the lanes ran a pass, 0 to 1.</summary>
    public required double LanesBusy { get; init; }

    /// <summary>Started after the warm-up.</summary>
    public required int Passes { get; init; }

    /// <summary>By powers of two.</summary>
    public required IReadOnlyList<PassRowsBin> PassRows { get; init; }

    /// <summary>Ten seconds each, from the warm-up on, whole ones only.</summary>
    public required IReadOnlyList<SimulatedWindow> Windows { get; init; }

    /// <summary>Part of the windows with scores whose p95 is at most this many ms.</summary>
    internal double WindowsWithin(double targetMs) =>
        Windows.Where(window => window.P95Ms is not null).ToArray() is { Length: > 0 } scored
            ? scored.Count(window => window.P95Ms <= targetMs) / (double)scored.Length
            : 1;

    /// <summary>Leaves out what happened in the warm-up.</summary>
    internal static SimulationSummary Of(Recording recording, int lanes, TimeSpan warmUp)
    {
        var fromUs = (long)warmUp.TotalMicroseconds;
        var seconds = (recording.EndUs - fromUs) / 1e6;
        var scores = recording.Scores.Where(score => score.ScoredUs >= fromUs).ToList();
        var passes = recording.Passes.Where(pass => pass.StartedUs >= fromUs).ToList();
        double real = passes.Sum(pass => (long)pass.TokensReal), padded = passes.Sum(pass => pass.TokensPadded);
        return new SimulationSummary
        {
            Pairs = scores.Count,
            Seconds = seconds,
            PairsPerSecond = scores.Count / seconds,
            TokensPerSecond = real / seconds,
            Latency = LatencySummary.Of(scores.Select(score => score.LatencyMs)),
            SinceReceived = LatencySummary.Of(scores.Select(score => score.SinceReceivedMs)),
            Requests = LatencySummary.Of(scores.Where(score => score.AnswersRequest).Select(score => score.LatencyMs)),
            PaddingWaste = padded == 0 ? 0 : 1 - (real / padded),
            LanesBusy = passes.Sum(pass => Math.Min(pass.Milliseconds, (recording.EndUs - pass.StartedUs) / 1_000.0)) / (seconds * 1_000 * lanes),
            Passes = passes.Count,
            PassRows = [.. passes
                .GroupBy(pass => int.Log2(pass.Rows))
                .OrderBy(bin => bin.Key)
                .Select(bin => new PassRowsBin(1 << bin.Key, (2 << bin.Key) - 1, bin.Count()))],
            Windows = Timeline.Of(recording, warmUp, TimeSpan.FromSeconds(10)),
        };
    }
}
