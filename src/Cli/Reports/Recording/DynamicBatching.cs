namespace Rerank.Cli.Reports.Recording;

/// <summary>Whether passes are formed from pairs of several requests.</summary>
/// <param name="Enabled">False: a request is a pass, as it came.</param>
/// <param name="MaxBatch">Most rows of a pass; null: what memory allows.</param>
/// <param name="TimeoutMs">How long a free device waits for more, milliseconds; null: it never waits.</param>
internal sealed record DynamicBatching(bool Enabled, int? MaxBatch = null, double? TimeoutMs = null);
