using Rerank.Shared.Contracts;

namespace Rerank.Ingest.Jobs;

/// <summary>How a published job stands: complete, or with ordinals that are nowhere, or (neither) still on its way.</summary>
internal readonly record struct JobOutlook(SinkState? Completed, IntervalSet? Missing);
