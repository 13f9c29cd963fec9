namespace Rerank.Cli.Watching;

/// <summary>Where a watched job is shown: drawn in place on a terminal, plain lines elsewhere; always stdout.</summary>
internal interface IJobView : IAsyncDisposable
{
    void Show(JobReading reading);
}
