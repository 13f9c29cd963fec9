namespace Rerank.Cli.Running;

/// <summary>Where a run shows how it goes: a live line on a terminal, plain lines elsewhere; always stderr. Thread-safe.</summary>
internal interface IRunView : IAsyncDisposable
{
    /// <summary>Shows how far the run is.</summary>
    void Show(IShownProgress progress);

    /// <summary>Shows a message that stays.</summary>
    void WriteLine(string text);
}
