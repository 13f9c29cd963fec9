namespace Rerank.Cli.Reports.Recording;

/// <summary>Who decides when the next request is sent.</summary>
internal enum LoadShape
{
    /// <summary>Each caller sends when it has its answer.</summary>
    Closed,

    /// <summary>Requests are due at times drawn beforehand; latency counts from then, sent in time or not.</summary>
    Open,

    /// <summary>Everything is in the queue at the start.</summary>
    Backlog,
}
