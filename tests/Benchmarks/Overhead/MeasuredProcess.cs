using System.Diagnostics;

namespace Rerank.Benchmarks.Overhead;

/// <summary>A process of the pipeline, watched from outside.</summary>
internal sealed class MeasuredProcess : IDisposable
{
    private readonly List<ProcessUsage> _samples = [];
    private readonly int _id;
    private readonly Process? _process;

    private MeasuredProcess(string name, int id, Process? process)
    {
        Name = name;
        _id = id;
        _process = process;
    }

    internal string Name { get; }

    internal ProcessUsage Last => _samples[^1];

    internal bool IsSampled => _samples.Count > 0;

    /// <summary>Memory held, at each look.</summary>
    internal IEnumerable<double> ResidentMb => _samples.Select(sample => sample.ResidentMb);

    internal double PeakMb => _samples.Max(sample => sample.ResidentMb);

    /// <summary>What the process said at its end; null if it is no .NET process or has not ended.</summary>
    internal RuntimeUsage? Runtime { get; private set; }

    internal bool HasEnded => _process is { HasExited: true };

    /// <summary>Starts this program once more, as a part of the pipeline.</summary>
    internal static MeasuredProcess Start(string part, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        // By the dotnet of PATH: the executable beside this assembly looks for .NET in the usual places only.
        var start = new ProcessStartInfo("dotnet", [typeof(MeasuredProcess).Assembly.Location, part, .. arguments]);
        start.Environment["Logging__LogLevel__Default"] = "Warning";
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return StartProgram(part, start);
    }

    /// <summary>Starts another program.</summary>
    internal static MeasuredProcess StartProgram(string name, ProcessStartInfo start)
    {
        start.RedirectStandardOutput = true;
        start.UseShellExecute = false;
        var process = Process.Start(start)!;
        var measured = new MeasuredProcess(name, process.Id, process);
        process.OutputDataReceived += (_, line) => measured.Runtime ??= RuntimeUsage.Read(line.Data);
        process.BeginOutputReadLine();
        return measured;
    }

    /// <summary>Watches a process that runs already.</summary>
    internal static MeasuredProcess Of(string name, int id) => new(name, id, process: null);

    internal void Sample()
    {
        // An ended process that nobody has waited for holds no memory any more.
        if (ProcessUsage.Read(_id) is { ResidentMb: > 0 } usage)
            _samples.Add(usage);
    }

    /// <summary>Most memory held in each tenth of the run.</summary>
    internal IEnumerable<double> TenthsMb() =>
        Enumerable.Range(0, 10).Select(tenth => _samples
            .Skip(tenth * _samples.Count / 10)
            .Take(Math.Max(1, _samples.Count / 10))
            .Max(sample => sample.ResidentMb));

    /// <summary>Takes it from the processor until <see cref="Continue"/>.</summary>
    internal void Stop() => Signal.Send(_id, Signal.Stop);

    internal void Continue() => Signal.Send(_id, Signal.Continue);

    /// <summary>Ends it at once; one that has ended is left alone.</summary>
    internal void Kill()
    {
        if (!HasEnded)
            _process?.Kill();
    }

    /// <summary>Asks a process that was started here to end, and waits until it has.</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    internal async Task EndAsync()
    {
        if (!HasEnded)
            Signal.Send(_id, Signal.Terminate);
        await WaitAsync();
    }

    /// <summary>Waits until it has ended.</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    internal async Task WaitAsync()
    {
        await _process!.WaitForExitAsync();
        if (_process.ExitCode != 0)
            throw new InvalidOperationException($"{Name} ended with exit code {_process.ExitCode}.");
    }

    public void Dispose() => _process?.Dispose();
}
