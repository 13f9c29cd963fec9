using System.CommandLine;
using Rerank.Cli.Output;
using Rerank.Cli.Simulating;
using Rerank.Scorer.Batching;
using Rerank.Scorer.Simulation;
using Rerank.Shared.Hosting;

namespace Rerank.Cli.Commands;

/// <summary><c>bench --simulate</c>: the real planner and controller against a simulated device, in virtual time.</summary>
internal sealed class BenchCommand : Command
{
    private const double MostSeconds = 24 * 3_600;

    private readonly Option<string?> _device = QuantityOptions.Choice("--simulate", "A simulated device:", "DEVICE", Simulator.Devices);
    private readonly Option<string?> _experiment = QuantityOptions.Choice(
        "--experiment", "Runs an experiment of the reference as it was, and with the adaptive batcher. One of", "NAME", Simulator.Experiments);
    private readonly Option<string?> _arrivals = QuantityOptions.Choice("--arrivals", "Who asks. Default: closed. One of", "A", Simulator.Arrivals);
    private readonly Option<string?> _policy = QuantityOptions.Choice("--policy", "What forms the passes. Default: adaptive. One of", "P", Simulator.Policies);
    private readonly Option<string?> _lengths = QuantityOptions.Choice("--lengths", "Lengths of the pairs. Default: ms-marco. One of", "L", Simulator.Lengths);
    private readonly Option<int?> _callers = QuantityOptions.Count("--callers", "Callers of a closed loop. Default: 1.", 1, 100_000);
    private readonly Option<int?> _batch = QuantityOptions.Count("--batch", "Pairs a request, or a burst. Default: 1.", 1, 100_000);
    private readonly Option<int?> _pairs = QuantityOptions.Count("--pairs", "Pairs of a backlog. Default: 20,000.", 1, 10_000_000);
    private readonly Option<double?> _rate = QuantityOptions.Number("--rate", "Pairs/s that arrive. Default: by --load.", "R", 0.001, 1e6);
    private readonly Option<double?> _load = QuantityOptions.Number("--load", "Pairs/s that arrive, in % of what can be done within the latency target. Default: 55.", "%", 0.1, 1_000);
    private readonly Option<double?> _rampTo = QuantityOptions.Number("--ramp-to", "The same at the end of a ramp. Default: 90.", "%", 0.1, 1_000);
    private readonly Option<TimeSpan?> _duration = QuantityOptions.Duration("--duration", "Virtual time of the run. Default: 5m.");
    private readonly Option<TimeSpan?> _warmUp = QuantityOptions.Duration("--warm-up", "Virtual time before the figures begin. Default: 10s.");
    private readonly Option<TimeSpan?> _targetLatency = QuantityOptions.Duration("--target-latency", "p95 from queued to scored.");
    private readonly Option<double?> _targetThroughput = QuantityOptions.Number("--target-throughput", "Pairs/s, a floor.", "R", 0.001, 1e6);
    private readonly Option<string?> _priority = QuantityOptions.Choice(
        "--priority", "Which target is kept if both cannot be. Default: latency. One of", "P", ["latency", "throughput"]);
    private readonly Option<int?> _window = QuantityOptions.Count("--window", "Pairs planned together, at most. Default: 2,048.", 1, 100_000);
    private readonly Option<double?> _slowFactor = QuantityOptions.Number("--slow-down", "How many times as long passes take for a while.", "X", 0.01, 100);
    private readonly Option<TimeSpan?> _slowFrom = QuantityOptions.Duration("--slow-from", "When that begins. Default: after a third of the run.");
    private readonly Option<TimeSpan?> _slowTo = QuantityOptions.Duration("--slow-to", "When that ends. Default: after two thirds of the run.");
    private readonly Option<double?> _noise = QuantityOptions.Number("--noise", "Deviation of a pass's time. Default: 3.", "%", 0, 100);
    private readonly Option<double?> _drift = QuantityOptions.Number("--drift", "Slow swing of all times. Default: 0.", "%", 0, 100);
    private readonly Option<int?> _seed = QuantityOptions.Count("--seed", "The same seed gives the same result. Default: 1.", 0, 1_000_000);
    private readonly Option<string?> _plot = new("--plot") { Description = "Draws load, window, passes and p95 over time.", HelpName = "F.svg" };
    private readonly Option<bool> _json = CommonOptions.Json();

    internal BenchCommand()
        : base("bench", "Runs the real planner and controller against a simulated device, in virtual time.")
    {
        _device.Required = true;
        foreach (var option in new Option[]
        {
            _device, _experiment, _arrivals, _callers, _batch, _pairs, _rate, _load, _rampTo, _lengths, _policy, _targetLatency, _targetThroughput,
            _priority, _window, _duration, _warmUp, _slowFactor, _slowFrom, _slowTo, _noise, _drift, _seed, _plot, _json,
        })
        {
            Options.Add(option);
        }

        Validators.Add(command =>
        {
            if (command.GetResult(_experiment) is not null && command.GetResult(_plot) is not null)
                command.AddError("--plot draws one run; leave out --experiment, or --plot.");
            if (command.Errors.Any() || command.Children.Any(child => child.Errors.Any()))
                return;
            TimeSpan duration = command.GetValue(_duration) ?? Default.Duration, warmUp = command.GetValue(_warmUp) ?? Default.WarmUp;
            if (duration.TotalSeconds > MostSeconds)
                command.AddError($"--duration is {duration.TotalSeconds:N0} s; it must be at most a day.");
            if (warmUp >= duration)
                command.AddError($"--warm-up is {warmUp.TotalSeconds:N0} s; it must be shorter than the run of {duration.TotalSeconds:N0} s.");
        });
        SetAction(Run);
    }

    private static SimulationRequest Default { get; } = new() { Device = Simulator.Devices[0] };

    private int Run(ParseResult parse)
    {
        var request = Request(parse);
        if (parse.GetValue(_experiment) is { } experiment)
        {
            var result = new ExperimentResult(experiment, request.Device, Simulator.RunExperiment(experiment, request));
            if (parse.GetValue(_json))
                JsonLine.Write(result, CliJson.Default.ExperimentResult);
            else
                SimulationText.Write(result, Console.Out);
            return ExitCode.Done;
        }

        var report = Simulator.Run(request);
        if (parse.GetValue(_plot) is { } plot)
            SimulationPlot.Write(report, plot);
        if (parse.GetValue(_json))
            JsonLine.Write(report, CliJson.Default.SimulationReport);
        else
            SimulationText.Write(report, Console.Out);
        return ExitCode.Done;
    }

    private SimulationRequest Request(ParseResult parse)
    {
        var duration = parse.GetValue(_duration) ?? Default.Duration;
        return new SimulationRequest
        {
            Device = parse.GetRequiredValue(_device)!,
            Arrivals = parse.GetValue(_arrivals) ?? Default.Arrivals,
            Policy = parse.GetValue(_policy) ?? Default.Policy,
            Lengths = parse.GetValue(_lengths) ?? Default.Lengths,
            Callers = parse.GetValue(_callers) ?? Default.Callers,
            Batch = parse.GetValue(_batch) ?? Default.Batch,
            Pairs = parse.GetValue(_pairs) ?? Default.Pairs,
            Rate = parse.GetValue(_rate),
            Load = parse.GetValue(_load) ?? Default.Load,
            RampTo = parse.GetValue(_rampTo) ?? Default.RampTo,
            Duration = duration,
            WarmUp = parse.GetValue(_warmUp) ?? Default.WarmUp,
            TargetLatency = parse.GetValue(_targetLatency),
            TargetThroughput = parse.GetValue(_targetThroughput),
            Priority = parse.GetValue(_priority) == "throughput" ? Priority.Throughput : Priority.Latency,
            MaxWindow = parse.GetValue(_window) ?? Default.MaxWindow,
            SlowFactor = parse.GetValue(_slowFactor) ?? Default.SlowFactor,
            SlowFrom = parse.GetValue(_slowFrom) ?? (duration / 3),
            SlowTo = parse.GetValue(_slowTo) ?? (duration * 2 / 3),
            Noise = parse.GetValue(_noise) ?? Default.Noise,
            Drift = parse.GetValue(_drift) ?? Default.Drift,
            Seed = parse.GetValue(_seed) ?? Default.Seed,
        };
    }
}
