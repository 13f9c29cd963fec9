using System.Globalization;
using System.Text.RegularExpressions;

namespace Rerank.Cli.References;

/// <summary>How far a score may be from its reference: <c>Absolute + Relative × |reference|</c>.</summary>
/// <param name="Absolute">In units of the score.</param>
/// <param name="Relative">As a share of the reference.</param>
/// <param name="OfSigmoid">Sigmoids are compared, whatever kind the score is.</param>
internal sealed partial record Tolerance(double Absolute, double Relative, bool OfSigmoid)
{
    internal const string Forms =
        "a number, 'abs X', 'rel X', 'X (remark)', 'printed', 'printed fp32', or a sentence with 'sigmoid to X'";

    // Two runtimes in fp32 differ by about 1e-5; one that is only said to be printed may be quantized, where CPUs differ by more.
    private const double PrintedFp32 = 1e-4;
    private const double Printed = 1e-3;

    /// <param name="text">Such as <c>rel 1e-4</c>.</param>
    /// <param name="digits">The reference as it stands in the file: a printed one is right to half its last digit.</param>
    /// <returns>Null where the text is none of <see cref="Forms"/>.</returns>
    internal static Tolerance? Parse(string text, string digits)
    {
        if (text is "printed" or "printed fp32")
            return new Tolerance(HalfDigit(digits), text == "printed" ? Printed : PrintedFp32, OfSigmoid: false);
        if (Sigmoid().Match(text) is { Success: true } sigmoid)
            return new Tolerance(Number(sigmoid), 0, OfSigmoid: true);
        if (Form().Match(text) is not { Success: true } match)
            return null;
        return match.Groups["kind"].Value == "rel"
            ? new Tolerance(0, Number(match), OfSigmoid: false)
            : new Tolerance(Number(match), 0, OfSigmoid: false);
    }

    internal double At(double reference) => Absolute + (Relative * Math.Abs(reference));

    private static double Number(Match match) => double.Parse(match.Groups["number"].ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture);

    private static double HalfDigit(string digits)
    {
        var point = digits.IndexOf('.', StringComparison.Ordinal);
        if (digits.Contains('e', StringComparison.OrdinalIgnoreCase))
            return 0;
        return 0.5 * Math.Pow(10, point < 0 ? 0 : -(digits.Length - point - 1));
    }

    [GeneratedRegex(@"^((?<kind>abs|rel) )?(?<number>\d+(\.\d+)?([eE][+-]?\d+)?)( \(.*\))?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Form();

    [GeneratedRegex(@"sigmoid to (?<number>\d+(\.\d+)?([eE][+-]?\d+)?)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Sigmoid();
}
