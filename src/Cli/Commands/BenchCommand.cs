using System.CommandLine;
using Rerank.Cli.Bench;
using Rerank.Cli.Bench.Experiments;
using Rerank.Cli.Output;
using Rerank.Cli.Simulating;
using Rerank.Scorer.Batching;
using Rerank.Scorer.Simulation;
using Rerank.Shared.Hosting;

namespace Rerank.Cli.Commands;

/// <summary>
/// <c>bench FILE…</c>: the experiments of files, on a real device or a simulated one. <c>bench --simulate</c> without files: one run of the
/// real planner and controller against a simulated device, in virtual time.
/// </summary>
internal sealed class BenchCommand : Command
{
    private const double MostSeconds = 24 * 3_600;

    private const int MostRepeats = 1_000;

    private readonly Argument<string[]> _files = new("FILE")
    {
        Description = "Experiments, such as experiments/05a_batch_size_mps.yaml. Without any, one simulation of what the options say.",
        Arity = ArgumentArity.ZeroOrMore,
    };
    private readonly Option<string?> _output = new("--output") { Description = "Folder of tables and reports; the same command again resumes.", HelpName = "DIR" };
    private readonly Option<string?> _scale = QuantityOptions.Choice(
        "--scale", "small: a few requests a configuration, to see that it runs. Default: full. One of", "S", ["small", "full"]);
    private readonly Option<int?> _repeat = QuantityOptions.Count("--repeat", "Measurements of each configuration. Default: 1.", 1, MostRepeats);
    private readonly Option<int?> _requests = QuantityOptions.Count("--requests", "Requests a configuration. Default: by the experiment.", 1, 1_000_000);
    private readonly Option<string?> _backend = CommonOptions.Backend("by the experiment; a simulated device where that is not here");
    private readonly Option<string?> _model = new("--model") { Description = "Model folder or name. Default: by the experiment.", HelpName = "M" };
    private readonly Option<string?> _device = QuantityOptions.Choice("--simulate", "A simulated device:", "DEVICE", Simulator.Devices);
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
        : base("bench", "Measures experiments, or simulates one load on a simulated device.")
    {
        Arguments.Add(_files);
        Option[] ofFiles = [_output, _scale, _repeat, _requests, _backend, _model];
        Option[] ofSimulation =
        [
            _arrivals, _callers, _batch, _pairs, _rate, _load, _rampTo, _lengths, _policy, _targetLatency, _targetThroughput,
            _priority, _window, _duration, _warmUp, _slowFactor, _slowFrom, _slowTo, _noise, _drift, _seed, _plot, _json,
        ];
        foreach (var option in ofFiles.Append(_device).Concat(ofSimulation))
            Options.Add(option);

        Validators.Add(command =>
        {
            var isOfFiles = command.GetResult(_files) is { Tokens.Count: > 0 };
            foreach (var option in (isOfFiles ? ofSimulation : ofFiles).Where(option => command.GetResult(option) is { Implicit: false }))
                command.AddError(isOfFiles ? $"{option.Name} is for a simulation without FILE; leave it out." : $"{option.Name} is for experiments; name a FILE.");
            if (isOfFiles && command.GetResult(_output) is null)
                command.AddError("--output is missing: the folder of tables and reports.");
            if (isOfFiles && command.GetResult(_device) is not null && command.GetResult(_backend) is not null)
                command.AddError("--simulate and --backend are two devices; leave one out.");
            if (!isOfFiles && command.GetResult(_device) is null)
                command.AddError("Name experiments (FILE), or a simulated device with --simulate.");
            if (command.Errors.Any() || command.Children.Any(child => child.Errors.Any()))
                return;
            TimeSpan duration = command.GetValue(_duration) ?? Default.Duration, warmUp = command.GetValue(_warmUp) ?? Default.WarmUp;
            if (duration.TotalSeconds > MostSeconds)
                command.AddError($"--duration is {duration.TotalSeconds:N0} s; it must be at most a day.");
            if (warmUp >= duration)
                command.AddError($"--warm-up is {warmUp.TotalSeconds:N0} s; it must be shorter than the run of {duration.TotalSeconds:N0} s.");
        });
        SetAction(RunAsync);
    }

    private static SimulationRequest Default { get; } = new() { Device = Simulator.Devices[0] };

    private Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken) => parse.GetValue(_files) is { Length: > 0 } files
        ? MeasureAsync(parse, files, cancellationToken)
        : Task.FromResult(Simulate(parse));

    private async Task<int> MeasureAsync(ParseResult parse, string[] files, CancellationToken cancellationToken)
    {
        var request = new BenchRequest
        {
            Output = Path.GetFullPath(parse.GetRequiredValue(_output)!),
            Scale = parse.GetValue(_scale) == "small" ? BenchScale.Small : BenchScale.Full,
            Repeats = parse.GetValue(_repeat) ?? 1,
            Requests = parse.GetValue(_requests),
            Simulate = parse.GetValue(_device),
            Backend = parse.GetValue(_backend) is { } backend ? BackendName.Require(backend, runtimeLibrary: null) : null,
            Model = parse.GetValue(_model),
            Command = $"rerank {string.Join(' ', parse.Tokens)}",
        };
        try
        {
            return await BenchSweep.RunAsync(ExperimentFile.ReadAll(files), request, TimeProvider.System, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("interrupted; the same command resumes");
            throw;
        }
    }

    private int Simulate(ParseResult parse)
    {
        var request = Request(parse);
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
