using System.Diagnostics;
using System.Globalization;
using Rerank.Benchmarks.Overhead;
using Rerank.Benchmarks.Whole;
using Rerank.Scorer.Models;

namespace Rerank.Benchmarks.Steady;

/// <summary>transformers.js over the workload again and again, with a thread a core for a pass, in a process that is stopped between its turns.</summary>
/// <param name="key">As <c>--only</c> names it.</param>
/// <param name="rows">Of its batches, in arrival order.</param>
/// <param name="model">The folder.</param>
/// <param name="workload">The pairs.</param>
/// <param name="work">A folder of its own.</param>
internal sealed class PeerTaker(string key, int rows, ModelFolder model, WholeWorkload workload, string work) : ITurnTaker
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(8);

    private MeasuredProcess? _process;

    public string Key => key;

    public string Title => $"transformers.js, {Contenders.Rows(rows)}{(rows == 1 ? "" : " in arrival order")}";

    public double CpuSeconds
    {
        get
        {
            _process!.Sample();
            return _process.Last.CpuSeconds;
        }
    }

    private string Calls => Path.Combine(work, "calls.txt");

    public async Task PrepareAsync()
    {
        _process = MeasuredProcess.StartProgram("transformers.js", new ProcessStartInfo(
            "node",
            [
                TransformersJs.Script, Path.GetDirectoryName(model.OnnxPath)!, workload.FileOf(workload.Lengths.Length),
                "--batch", $"{rows}", "--threads", $"{Environment.ProcessorCount}", "--rounds", $"{int.MaxValue}", "--calls", Calls,
            ]));
        await Task.Delay(WarmUp, TimeProvider.System);
        await PauseAsync();
    }

    public void Resume() => _process!.Continue();

    public Task PauseAsync()
    {
        if (_process!.HasEnded)
            throw new InvalidOperationException("transformers.js has ended.");
        _process.Stop();
        return Task.CompletedTask;
    }

    /// <summary>A line of its file: unix seconds of begin and end, index of the first pair, and how many.</summary>
    public Task<IReadOnlyList<ScoredPass>> EndAsync()
    {
        _process!.Kill();
        return Task.FromResult<IReadOnlyList<ScoredPass>>([.. File.ReadLines(Calls).Select(Read)]);
    }

    public ValueTask DisposeAsync()
    {
        _process?.Kill();
        _process?.Dispose();
        return ValueTask.CompletedTask;
    }

    private ScoredPass Read(string line)
    {
        var numbers = line.Split(' ').Select(text => double.Parse(text, CultureInfo.InvariantCulture)).ToArray();
        var lengths = workload.Lengths.Skip((int)numbers[2]).Take((int)numbers[3]);
        return new ScoredPass(numbers[0], numbers[1], (int)numbers[3], lengths.Sum(length => (long)length));
    }
}
