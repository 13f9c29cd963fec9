using System.Diagnostics;

namespace Rerank.Benchmarks.Overhead;

/// <summary>A process of the pipeline, watched from outside.</summary>
internal sealed class MeasuredProcess(string name, int id)
{
    private readonly List<ProcessUsage> _samples = [];

    internal string Name => name;

    internal double CpuSeconds => _samples[^1].CpuSeconds;

    internal double PeakMb => _samples.Max(sample => sample.ResidentMb);

    /// <summary>Starts this program once more, as a part of the pipeline.</summary>
    internal static (MeasuredProcess Measured, Process Process) Start(string name, params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [name, .. arguments]) { RedirectStandardOutput = true, UseShellExecute = false };
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        return (new MeasuredProcess(name, process.Id), process);
    }

    internal void Sample()
    {
        // An ended process that nobody has waited for holds no memory any more.
        if (ProcessUsage.Read(id) is { ResidentMb: > 0 } usage)
            _samples.Add(usage);
    }

    /// <summary>Most memory held in each quarter of the run.</summary>
    internal IEnumerable<double> QuartersMb() =>
        Enumerable.Range(0, 4).Select(quarter => _samples
            .Skip(quarter * _samples.Count / 4)
            .Take(Math.Max(1, _samples.Count / 4))
            .Max(sample => sample.ResidentMb));
}
