namespace Rerank.Cli.Diagnosis;

/// <summary>How much a <see cref="Finding"/> matters.</summary>
internal enum Severity
{
    Ok,

    /// <summary>It works, but something is slower or missing.</summary>
    Warning,

    /// <summary>It does not work; the finding says what to do.</summary>
    Problem,
}
