namespace Rerank.Cli.Reports.Recording;

/// <summary>One answered request: a row of the <c>requests</c> table.</summary>
/// <param name="Request">From 0, unique in its measurement. Its pairs have the ids <c>&lt;request&gt;-&lt;n&gt;</c>, by which the report finds their stages.</param>
/// <param name="Job">The job that its pairs were published to, of this measurement only.</param>
/// <param name="Pairs">Pairs asked for, all of them answered.</param>
/// <param name="SentAt">When it was sent; in an open loop, when it was due.</param>
/// <param name="AnsweredAt">When its last score came.</param>
/// <param name="SentMs"><paramref name="SentAt"/> since the measurement began, milliseconds of a monotonic clock.</param>
/// <param name="LatencyMs">From <paramref name="SentAt"/> to <paramref name="AnsweredAt"/>, of the same monotonic clock.</param>
internal sealed record RequestRow(
    long Request,
    string Job,
    int Pairs,
    DateTimeOffset SentAt,
    DateTimeOffset AnsweredAt,
    double SentMs,
    double LatencyMs);
