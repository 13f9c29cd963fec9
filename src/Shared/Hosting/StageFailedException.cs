namespace Rerank.Shared.Hosting;

/// <summary>An end that the user can do something about: the message is shown as it is, without a stack trace.</summary>
public sealed class StageFailedException(int exitCode, string message) : Exception(message)
{
    public int ExitCode { get; } = exitCode;
}
