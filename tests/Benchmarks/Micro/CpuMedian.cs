namespace Rerank.Benchmarks.Micro;

/// <summary>CPU time of this process for one step, as a row of the table: other work on the machine matters little.</summary>
internal static class CpuMedian
{
    internal const int Rounds = 9;

    internal const string Header = "| step | a | CPU µs each, median (least–most) | each a CPU second |\n|---|---|--:|--:|";

    internal static string Row(string step, string unit, int count, Action run) =>
        RowAsync(step, unit, count, Rounds, () =>
        {
            run();
            return Task.CompletedTask;
        }).GetAwaiter().GetResult();

    /// <param name="step">Its name.</param>
    /// <param name="unit">What is counted.</param>
    /// <param name="count">Of these, in a run.</param>
    /// <param name="rounds">Runs that count; the first one before them compiles and does not.</param>
    /// <param name="run">A run.</param>
    internal static async Task<string> RowAsync(string step, string unit, int count, int rounds, Func<Task> run)
    {
        await run();
        var each = new double[rounds];
        for (var round = 0; round < rounds; round++)
        {
            var before = Environment.CpuUsage.TotalTime;
            await run();
            each[round] = (Environment.CpuUsage.TotalTime - before).TotalMicroseconds / count;
        }

        Array.Sort(each);
        var median = each[rounds / 2];
        return $"| {step} | {unit} | {median:F2} ({each[0]:F2}–{each[^1]:F2}) | {1e6 / median:N0} |";
    }
}
