namespace Rerank.IntegrationTests;

internal static class Poll
{
    /// <summary>Asks until the answer is yes.</summary>
    internal static async Task UntilAsync(Func<Task<bool>> isSo, CancellationToken cancellationToken)
    {
        while (!await isSo())
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellationToken);
    }
}
