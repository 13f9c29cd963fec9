namespace Rerank.Cli.Diagnosis;

/// <summary>One line of <c>doctor</c>.</summary>
/// <param name="Severity">How much it matters.</param>
/// <param name="Subject">Such as <c>nats-server</c>.</param>
/// <param name="Text">What was found.</param>
/// <param name="Fix">What to do about it; null where nothing needs doing.</param>
internal sealed record Finding(Severity Severity, string Subject, string Text, string? Fix = null)
{
    internal static Finding Ok(string subject, string text) => new(Severity.Ok, subject, text);

    internal static Finding Warning(string subject, string text, string fix) => new(Severity.Warning, subject, text, fix);

    internal static Finding Problem(string subject, string text, string fix) => new(Severity.Problem, subject, text, fix);
}
