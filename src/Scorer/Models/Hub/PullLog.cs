using Microsoft.Extensions.Logging;

namespace Rerank.Scorer.Models.Hub;

/// <summary>A pull in a host's log: a line a file, and one for each new trouble.</summary>
internal sealed class PullLog(ILogger logger) : IProgress<PullProgress>
{
    private string? _file;
    private string? _trouble;

    public void Report(PullProgress value)
    {
        if (value.File.Length > 0 && value.File != _file)
            Log.PullingModel(logger, value.Model, value.File, value.TotalBytes);
        if (value.Trouble is { } trouble && trouble != _trouble)
            Log.PullWaits(logger, value.Model, trouble);
        (_file, _trouble) = (value.File, value.Trouble);
    }
}
