using Rerank.Cli.Running;
using Rerank.Scorer.Models.Hub;

namespace Rerank.Cli.Pulling;

/// <summary>Shows a pull on stderr: nothing until there is something to show, so that a model from the cache is silent.</summary>
internal sealed class PullView(TimeProvider time) : IProgress<PullProgress>, IAsyncDisposable
{
    private readonly Lazy<IRunView> _view = new(() => RunViews.OnStderr(time));
    private string? _trouble;

    public void Report(PullProgress value)
    {
        if (value.Trouble is { } trouble && trouble != _trouble)
            _view.Value.WriteLine($"{value.Model}: {trouble}");
        _trouble = value.Trouble;
        _view.Value.Show(new PullText(value));
    }

    public ValueTask DisposeAsync() => _view.IsValueCreated ? _view.Value.DisposeAsync() : ValueTask.CompletedTask;
}
