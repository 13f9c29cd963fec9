namespace Rerank.Cli.Running;

/// <summary>Ingest, Scorer and Sink in this process, with a private broker unless one is named.</summary>
internal static class LocalRun
{
    /// <summary>Runs a job to its end. Progress goes to stderr.</summary>
    /// <exception cref="Shared.Hosting.StageFailedException">A stage failed, or the request cannot be done; with the exit code and the message.</exception>
    /// <exception cref="OperationCanceledException">Interrupted; everything was drained and the same request resumes.</exception>
    internal static Task<RunResult> RunAsync(RunRequest request, CancellationToken cancellationToken) =>
        throw new NotSupportedException($"{request.Input} {cancellationToken.IsCancellationRequested}");
}
