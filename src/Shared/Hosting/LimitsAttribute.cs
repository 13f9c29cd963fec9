using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace Rerank.Shared.Hosting;

/// <summary>
/// The least and the most that a setting may be, both allowed. Unlike that of <see cref="RangeAttribute"/>, the error names the setting as
/// its user writes it, and its value. For whole numbers and <see cref="TimeSpan"/>; null passes.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class LimitsAttribute : ValidationAttribute
{
    private const string OptionsSuffix = "Options";

    private readonly IComparable _least;
    private readonly IComparable _most;

    public LimitsAttribute(long least, long most = long.MaxValue) => (_least, _most) = (least, most);

    /// <summary>Times as they are written in a setting: <c>[days.]hh:mm:ss</c>.</summary>
    public LimitsAttribute(string least, string most) => (_least, _most) = (Time(least), Time(most));

    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        if (value is null)
            return ValidationResult.Success;
        var comparable = value is TimeSpan ? value : Convert.ToInt64(value, CultureInfo.InvariantCulture);
        if (_least.CompareTo(comparable) <= 0 && _most.CompareTo(comparable) >= 0)
            return ValidationResult.Success;

        // Without member names: the message would begin with them again.
        return new ValidationResult($"{SettingOf(validationContext)} is '{value}'; it must be {Allowed()}.");
    }

    private static TimeSpan Time(string text) => TimeSpan.Parse(text, CultureInfo.InvariantCulture);

    private static string SettingOf(ValidationContext context)
    {
        var options = context.ObjectType.Name;
        var section = options.EndsWith(OptionsSuffix, StringComparison.Ordinal) ? options[..^OptionsSuffix.Length] : options;
        return $"{section}__{context.MemberName}";
    }

    private string Allowed() => _most is long.MaxValue ? Text($"at least {_least:N0}")
        : _least is long ? Text($"{_least:N0} to {_most:N0}")
        : Text($"{_least} to {_most}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
