using Rerank.Scorer.Batching;

namespace Rerank.Scorer.Simulation;

/// <summary>Runs the real planner, cost model and controller, or the reference's ways, against a simulated device.</summary>
public static class Simulator
{
    private static readonly TimeSpan PlotStep = TimeSpan.FromSeconds(2);

    /// <summary>Names of devices.</summary>
    public static IReadOnlyList<string> Devices { get; } = [.. SimulatedDevice.All.Select(device => device.Name)];

    /// <summary>Names of length distributions.</summary>
    public static IReadOnlyList<string> Lengths { get; } = [.. PairLengths.All.Select(lengths => lengths.Name)];

    /// <summary>Names of arrival processes.</summary>
    public static IReadOnlyList<string> Arrivals { get; } = ["closed", "poisson", "bursts", "ramp", "backlog"];

    /// <summary>Names of what forms the passes: the batcher of the Scorer, a pass a request, requests collected for 200 ms.</summary>
    public static IReadOnlyList<string> Policies { get; } = ["adaptive", "fixed", "window"];

    /// <exception cref="ArgumentException">A name is not one of those above.</exception>
    public static SimulationReport Run(SimulationRequest request)
    {
        var device = DeviceOf(request);
        var lengths = Find(PairLengths.All, each => each.Name, request.Lengths);
        var capacity = request.Arrivals is "closed" or "backlog" || request is { Rate: not null, Arrivals: not "ramp" }
            ? (double?)null
            : Capacity.Of(device, lengths, OptionsOf(request, device), request.Seed);
        var rate = request.Rate ?? (request.Load / 100 * capacity);
        var settings = new SimulationSettings(device, ArrivalsOf(request, rate ?? 0, capacity ?? 0))
        {
            Variation = VariationOf(request),
            Lengths = lengths,
            Duration = request.Duration,
            Seed = request.Seed,
        };
        var recording = SimulationRun.Run(settings, PolicyOf(request, device));
        var summary = SimulationSummary.Of(recording, device.Lanes, request.Arrivals == "backlog" ? TimeSpan.Zero : request.WarmUp);
        var end = recording.Passes.LastOrDefault().State;
        return new SimulationReport(request, rate, capacity, summary)
        {
            WindowsWithinTarget = request.TargetLatency is { } target ? summary.WindowsWithin(target.TotalMilliseconds) : null,
            LatencyMissedByMs = end?.LatencyMissedByMs,
            ThroughputMissedBy = end?.ThroughputMissedBy,
            ReachableLatencyMs = end?.ReachableLatencyMs,
            ReachableThroughput = end?.ReachableThroughput,
            Timeline = Timeline.Of(recording, TimeSpan.Zero, PlotStep),
        };
    }

    /// <summary>Runs the request and keeps every answer and every pass, for tables.</summary>
    /// <param name="request">The reference's policies pay for no queue, as its own measurements did not; ours does.</param>
    /// <param name="job">Whose pairs they are.</param>
    /// <param name="startUs">What zero of virtual time is written as, unix microseconds.</param>
    /// <exception cref="ArgumentException">A name is not one of those above.</exception>
    public static SimulatedMeasurement Measure(SimulationRequest request, string job, long startUs)
    {
        var device = DeviceOf(request);
        var settings = new SimulationSettings(device, ArrivalsOf(request, request.Rate ?? 0, capacity: 0))
        {
            Variation = VariationOf(request),
            Lengths = Find(PairLengths.All, each => each.Name, request.Lengths),
            Transport = request.Policy == "adaptive" ? Transport.Local : Transport.None,
            Duration = request.Duration,
            Seed = request.Seed,
        };
        var recording = SimulationRun.Run(settings, PolicyOf(request, device));
        return SimulatedMeasurement.Of(recording, settings, request, job, startUs);
    }

    /// <summary>When the requests of an open loop are due, seconds from its start: <see cref="PoissonRequests"/>, for real loads too.</summary>
    /// <param name="rate">Pairs/s.</param>
    /// <param name="pairs">A request.</param>
    /// <param name="count">Requests.</param>
    /// <param name="random">Decides.</param>
    public static IEnumerable<double> DueSeconds(double rate, int pairs, int count, Random random) =>
        Enumerable.Range(0, count).Select(_ => random.NextDouble() * count * pairs / rate).Order();

    private static IArrivals ArrivalsOf(SimulationRequest request, double rate, double capacity) => request.Arrivals switch
    {
        "closed" => new ClosedLoop(request.Callers, request.Batch, request.Requests ?? int.MaxValue),
        "poisson" => new PoissonArrivals(rate),
        "bursts" => request.Requests is { } bursts ? new PoissonRequests(rate, request.Batch, bursts) : new PoissonArrivals(rate, rate, request.Batch),
        "ramp" => new PoissonArrivals(rate, request.RampTo / 100 * capacity),
        "backlog" => request.Requests is { } count ? new Backlog(request.Batch, count) : new Backlog(request.Pairs),
        _ => throw Unknown(request.Arrivals, Arrivals),
    };

    private static SimulatedDevice DeviceOf(SimulationRequest request)
    {
        var device = Find(SimulatedDevice.All, each => each.Name, request.Device);
        return request.TimeFactor == 1 ? device : device with { Curve = device.Curve.Times(request.TimeFactor) };
    }

    private static ISimulatedPolicy PolicyOf(SimulationRequest request, SimulatedDevice device) => request.Policy switch
    {
        "adaptive" => AdaptiveBatches.Calibrated(device, request.Seed, OptionsOf(request, device)),
        "fixed" => new FixedBatches(),
        "window" => new TimedWindow(mostRequests: 256, TimeSpan.FromMilliseconds(200)),
        _ => throw Unknown(request.Policy, Policies),
    };

    private static BatcherOptions OptionsOf(SimulationRequest request, SimulatedDevice device) => new()
    {
        Lanes = device.Lanes,
        TargetLatencyMs = request.TargetLatency?.TotalMilliseconds,
        TargetThroughput = request.TargetThroughput,
        Priority = request.Priority,
        MaxWindow = request.MaxWindow,
    };

    private static DeviceVariation VariationOf(SimulationRequest request) => new()
    {
        Noise = request.Noise / 100,
        Drift = request.Drift / 100,
        SlowDown = request.SlowFactor == 1 ? null : new SlowDown(request.SlowFactor, request.SlowFrom, request.SlowTo),
    };

    private static T Find<T>(IReadOnlyList<T> all, Func<T, string> name, string wanted)
        where T : class =>
        all.FirstOrDefault(each => name(each) == wanted) ?? throw Unknown(wanted, all.Select(name));

    private static ArgumentException Unknown(string wanted, IEnumerable<string> known) =>
        new($"'{wanted}' is not one of {string.Join(", ", known)}.", nameof(wanted));
}
