using Rerank.Cli.Running;

namespace Rerank.Cli.Watching;

/// <summary>A line every few seconds, and one at the end.</summary>
internal sealed class JobLines(TextWriter output, TimeProvider time) : IJobView
{
    private readonly LineView _lines = new(output, time);

    public void Show(JobReading reading)
    {
        if (reading.IsComplete)
            _lines.WriteLine(reading.ToText());
        else
            _lines.Show(reading);
    }

    public ValueTask DisposeAsync() => _lines.DisposeAsync();
}
