namespace Rerank.Cli.Reports;

/// <summary>What <c>report --format</c> takes. A to D are the reference's own formats.</summary>
internal enum ReportFormat
{
    Md,
    Html,
    Json,
    A,
    B,
    C,
    D,
}
