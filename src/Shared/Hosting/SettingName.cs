using System.ComponentModel.DataAnnotations;

namespace Rerank.Shared.Hosting;

/// <summary>How the user of a setting writes its name.</summary>
internal static class SettingName
{
    private const string OptionsSuffix = "Options";

    /// <summary>Such as <c>Scorer__Lanes</c> for a property of <c>ScorerOptions</c>.</summary>
    internal static string Of(ValidationContext context)
    {
        var options = context.ObjectType.Name;
        var section = options.EndsWith(OptionsSuffix, StringComparison.Ordinal) ? options[..^OptionsSuffix.Length] : options;
        return $"{section}__{context.MemberName}";
    }
}
