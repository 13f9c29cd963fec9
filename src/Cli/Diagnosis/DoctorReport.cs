namespace Rerank.Cli.Diagnosis;

/// <summary>Findings for people: a line each, and a line with the fix where one is needed.</summary>
internal static class DoctorReport
{
    internal static void Write(IReadOnlyList<Finding> findings, TextWriter output)
    {
        var width = findings.Max(finding => finding.Subject.Length);
        foreach (var finding in findings)
        {
            var fix = finding.Fix is null ? "" : $" -> {finding.Fix}";
            output.WriteLine($"{Word(finding.Severity),-8} {finding.Subject.PadRight(width)}  {finding.Text}{fix}");
        }

        output.WriteLine();
        output.WriteLine(findings.Count(finding => finding.Severity == Severity.Problem) switch
        {
            0 => "Everything needed is here.",
            1 => "1 problem.",
            var problems => $"{problems} problems.",
        });
    }

    private static string Word(Severity severity) => severity switch
    {
        Severity.Ok => "ok",
        Severity.Warning => "warning",
        _ => "problem",
    };
}
