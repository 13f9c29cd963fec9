namespace Rerank.Shared.Hosting;

/// <summary>An end that the user can do something about: the message is shown as it is, without a stack trace.</summary>
public class StageFailedException(int exitCode, string message, Exception? innerException = null) : Exception(message, innerException)
{
    public int ExitCode { get; } = exitCode;
}
