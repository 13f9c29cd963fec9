using Rerank.Cli.Output;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Rerank.Cli.Watching;

/// <summary>The job as a few lines of a terminal that are drawn again and again; the last state stays.</summary>
internal sealed class JobPanel : IJobView
{
    private const int BarWidth = 24;
    private const string Missed = "red";

    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<LiveDisplayContext> _context = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _display;

    internal JobPanel(TextWriter output)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        // Where the terminal is too low, how far the job is stays, and the Scorers are cut off.
        _display = console.Live(new Text("looking …")).Cropping(VerticalOverflowCropping.Bottom).StartAsync(context =>
        {
            context.Refresh();
            _context.SetResult(context);
            return _ended.Task;
        });
    }

    public void Show(JobReading reading)
    {
        if (_context.Task.IsCompletedSuccessfully)
            _context.Task.Result.UpdateTarget(Draw(reading));
    }

    public async ValueTask DisposeAsync()
    {
        _ended.TrySetResult();
        await _display;
    }

    private static Grid Draw(JobReading reading)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(2)).AddColumn(new GridColumn());
        void Row(string what, string value, string style = "default") =>
            grid.AddRow(new Markup($"[grey]{what}[/]"), new Markup($"[{style}]{Markup.Escape(value)}[/]"));

        Row("job", $"{reading.Job.Job} ({reading.Job.Kind}, {reading.Job.State})", "bold");
        grid.AddRow(new Markup("[grey]rows[/]"), Rows(reading));
        Row("lag", reading.Lag);
        Row("rate", reading.Rate);
        Row("p95", reading.Latency, reading.IsLate ? Missed : "default");
        Row("batches", reading.Passes, "aqua");
        Row("scorers", reading.Scorers.Count == 0 ? "none alive" : $"{reading.Scorers.Count} alive", reading.Scorers.Count == 0 ? Missed : "default");
        foreach (var scorer in reading.Scorers)
        {
            Row("", $"{scorer.Scorer}: {scorer.Backend}, {scorer.Lanes} lanes, {scorer.PairsScored:N0} pairs");
            foreach (var line in scorer.Pace is { } pace ? PaceText.Lines(pace) : [])
                Row("", $"  {line}", "grey");
        }

        if (reading.Age is not null)
            Row("broker", reading.Silence, Missed);
        return grid;
    }

    private static IRenderable Rows(JobReading reading)
    {
        if (reading.Fraction is not { } fraction)
            return new Text(reading.Rows);
        var filled = (int)(fraction * BarWidth);
        return new Markup(
            $"[green]{new string('━', filled)}[/][grey]{new string('━', BarWidth - filled)}[/] {fraction:P0}  {Markup.Escape(reading.Rows)}");
    }
}
