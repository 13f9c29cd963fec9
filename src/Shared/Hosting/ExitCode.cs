namespace Rerank.Shared.Hosting;

/// <summary>Exit codes of every executable.</summary>
public static class ExitCode
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int WrongUsage = 2;
    public const int DoneWithDeadLetters = 3;

    /// <summary>Stopped by a signal; the same command resumes.</summary>
    public const int Interrupted = 130;
}
