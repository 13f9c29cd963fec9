using Rerank.Scorer.Simulation;

namespace Rerank.Cli.Simulating;

/// <summary>Simulations for people.</summary>
internal static class SimulationText
{
    internal static void Write(SimulationReport report, TextWriter output)
    {
        var (request, summary) = (report.Request, report.Summary);
        output.WriteLine($"{request.Device}, {request.Arrivals}, {request.Policy}, lengths {request.Lengths}, seed {request.Seed}: {summary.Seconds:N0} s of virtual time");
        if (report.CapacityPerSecond is { } capacity)
            output.WriteLine($"{"capacity",-18}{capacity,10:N0} pairs/s with a backlog{(request.TargetLatency is null ? "" : ", within the latency target")}");
        if (report.OfferedPerSecond is { } offered)
            output.WriteLine($"{"offered",-18}{offered,10:N0} pairs/s");
        output.WriteLine($"{"scored",-18}{summary.PairsPerSecond,10:N0} pairs/s, {summary.TokensPerSecond:N0} tokens/s");
        WriteLatency("queued → scored", summary.Latency);
        WriteLatency("received → scored", summary.SinceReceived);
        if (request.Batch > 1)
            WriteLatency("whole requests", summary.Requests);
        output.WriteLine($"{"passes",-18}{summary.Passes,10:N0}, lanes busy {summary.LanesBusy:P0}, padding {summary.PaddingWaste:P1}");
        foreach (var bin in summary.PassRows)
            output.WriteLine($"  {$"{bin.From:N0} to {bin.To:N0} pairs",-20}{bin.Passes,6:N0}");
        WriteTargets(report, output);
        WriteWindows(summary.Windows, output);

        void WriteLatency(string name, LatencySummary latency) => output.WriteLine(
            $"{name,-18}{latency.Mean,10:N1} ms mean, {latency.P50:N1} p50, {latency.P95:N1} p95, {latency.P99:N1} p99, {latency.Max:N1} max");
    }

    private static void WriteTargets(SimulationReport report, TextWriter output)
    {
        if (report.WindowsWithinTarget is { } share)
            output.WriteLine($"{"latency target",-18}{report.Request.TargetLatency?.TotalMilliseconds,10:N0} ms, kept in {share:P1} of the windows of 10 s");
        if (report.LatencyMissedByMs is { } late)
            output.WriteLine($"{"",-18}missed by {late:N0} ms at the end; {report.ReachableLatencyMs:N0} ms can be reached");
        if (report.Request.TargetThroughput is { } throughput)
            output.WriteLine($"{"throughput target",-18}{throughput,10:N0} pairs/s");
        if (report.ThroughputMissedBy is { } slow)
            output.WriteLine($"{"",-18}missed by {slow:N0} pairs/s at the end; {report.ReachableThroughput:N0} can be reached");
    }

    private static void WriteWindows(IReadOnlyList<SimulatedWindow> windows, TextWriter output)
    {
        output.WriteLine();
        output.WriteLine($"{"from s",8}{"queued/s",10}{"scored/s",10}{"p95 ms",9}{"passes",8}{"a pass",8}{"window",8}{"pull",8}");
        foreach (var window in windows)
        {
            output.WriteLine(
                $"{window.FromS,8:N0}{window.QueuedPerSecond,10:N0}{window.ScoredPerSecond,10:N0}{window.P95Ms,9:N1}"
                + $"{window.Passes,8:N0}{window.PassRows,8:N1}{window.Window,8:N0}{window.PullTarget,8:N0}");
        }
    }
}
