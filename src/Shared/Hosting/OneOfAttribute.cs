using System.ComponentModel.DataAnnotations;

namespace Rerank.Shared.Hosting;

/// <summary>
/// A setting that is one of the names of an enum, written as they are there. It stays text until it is validated: the binder would stop at
/// the first wrong one, and would not say what is allowed.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OneOfAttribute(Type choices) : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        var names = Enum.GetNames(choices);
        return names.Contains(value as string, StringComparer.Ordinal)
            ? ValidationResult.Success
            : new ValidationResult(
                $"{SettingName.Of(validationContext)} is '{value}'; it must be {string.Join(", ", names[..^1])} or {names[^1]}.");
    }
}
