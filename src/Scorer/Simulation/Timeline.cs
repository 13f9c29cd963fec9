namespace Rerank.Scorer.Simulation;

/// <summary>Cuts a recording into stretches of equal length.</summary>
internal static class Timeline
{
    /// <summary>Whole stretches only.</summary>
    internal static IReadOnlyList<SimulatedWindow> Of(Recording recording, TimeSpan from, TimeSpan step)
    {
        long fromUs = (long)from.TotalMicroseconds, stepUs = (long)step.TotalMicroseconds;
        var count = (int)Math.Max(0, (recording.EndUs - fromUs) / stepUs);
        var arrivals = Cut(recording.Arrivals, arrival => arrival.AtUs);
        var passes = Cut(recording.Passes, pass => pass.StartedUs);
        var scores = Cut(recording.Scores, score => score.ScoredUs);
        return [.. Enumerable.Range(0, count).Select(Window)];

        ILookup<long, T> Cut<T>(List<T> events, Func<T, long> atUs) =>
            events.Where(e => atUs(e) >= fromUs).ToLookup(e => (atUs(e) - fromUs) / stepUs);

        SimulatedWindow Window(int number)
        {
            var scored = scores[number].Select(score => score.LatencyMs).ToList();
            var started = passes[number].ToList();
            return new SimulatedWindow
            {
                FromS = (fromUs + (number * stepUs)) / 1e6,
                QueuedPerSecond = arrivals[number].Sum(arrival => arrival.Pairs) / step.TotalSeconds,
                ScoredPerSecond = scored.Count / step.TotalSeconds,
                P95Ms = scored.Count == 0 ? null : LatencySummary.Of(scored).P95,
                Passes = started.Count,
                PassRows = started.Count == 0 ? null : started.Average(pass => pass.Rows),
                Window = started.Count == 0 ? null : started.Average(pass => pass.Window),
                PullTarget = started.Count == 0 ? null : started[^1].State?.PullTarget,
            };
        }
    }
}
