using System.Text;

namespace Rerank.Cli.Diagnosis;

/// <summary>Unicode normalization, which the tokenizer needs for accents.</summary>
internal static class Globalization
{
    private const string Subject = "Unicode";
    private const string Fix = "Install ICU (apt-get install libicu-dev), or use an image that has it.";

    internal static Finding Normalization()
    {
        try
        {
            // U+FB01 and U+00E9: one changes only in compatibility forms, one is taken apart.
            return "caf\u00e9".Normalize(NormalizationForm.FormD) == "cafe\u0301" && "\ufb01".Normalize(NormalizationForm.FormKC) == "fi"
                ? Finding.Ok(Subject, "normalization works")
                : Finding.Problem(Subject, "normalization leaves text as it is", Fix);
        }
        catch (PlatformNotSupportedException e)
        {
            return Finding.Problem(Subject, e.Message, Fix);
        }
    }
}
