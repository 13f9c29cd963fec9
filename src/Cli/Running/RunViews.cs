namespace Rerank.Cli.Running;

internal static class RunViews
{
    internal static IRunView OnStderr(TimeProvider time) =>
        Console.IsErrorRedirected ? new LineView(Console.Error, time) : new LiveView(Console.Error);
}
