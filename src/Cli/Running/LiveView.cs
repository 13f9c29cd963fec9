using Spectre.Console;

namespace Rerank.Cli.Running;

/// <summary>One line of a terminal that is drawn again and again; messages appear above it.</summary>
internal sealed class LiveView : IRunView
{
    private const int BarWidth = 12;

    private readonly IAnsiConsole _console;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<LiveDisplayContext> _context = new();
    private readonly Task _display;

    internal LiveView(TextWriter output)
    {
        _console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        _display = _console.Live(new Text("starting …")).AutoClear(enabled: true).StartAsync(context =>
        {
            context.Refresh();
            _context.SetResult(context);
            return _ended.Task;
        });
    }

    public void Show(RunProgress progress)
    {
        if (_context.Task.IsCompletedSuccessfully)
            _context.Task.Result.UpdateTarget(new Markup(Bar(progress.Fraction) + Markup.Escape(progress.ToText())) { Overflow = Overflow.Ellipsis });
    }

    // Padded, because the live line that the text is written over is not cleared first.
    public void WriteLine(string text) => _console.WriteLine(text.PadRight(_console.Profile.Width - 1));

    public async ValueTask DisposeAsync()
    {
        _ended.TrySetResult();
        await _display;
    }

    private static string Bar(double? fraction)
    {
        if (fraction is not { } part)
            return "";
        var filled = (int)(Math.Clamp(part, 0, 1) * BarWidth);
        return $"[green]{new string('━', filled)}[/][grey]{new string('━', BarWidth - filled)}[/] ";
    }
}
