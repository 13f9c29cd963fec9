using System.ComponentModel;
using System.Globalization;

namespace Rerank.Shared.Hosting;

/// <summary>Whether the text of a setting can be read as what the setting is. The binder's own errors name types of .NET.</summary>
internal static class SettingText
{
    /// <summary>What the text must be, in words for a person; null if it is that.</summary>
    internal static string? Expected(string text, Type setting)
    {
        var type = Nullable.GetUnderlyingType(setting) ?? setting;
        var isLeftOut = text.Length == 0 && type != setting;
        return isLeftOut || CanRead(text, type) ? null : InWords(type);
    }

    private static bool CanRead(string text, Type type)
    {
        try
        {
            var value = TypeDescriptor.GetConverter(type).ConvertFromInvariantString(text);
            return !type.IsEnum || Enum.IsDefined(type, value!);
        }
        catch (Exception e) when (e is FormatException or ArgumentException or OverflowException)
        {
            return false;
        }
    }

    private static string InWords(Type type) => type switch
    {
        { IsEnum: true } => $"one of {string.Join(", ", Enum.GetNames(type))}",
        _ when type == typeof(TimeSpan) => "a time such as 00:00:30 (hours:minutes:seconds)",
        _ when type == typeof(bool) => "true or false",
        _ when type == typeof(int) => string.Create(CultureInfo.InvariantCulture, $"a whole number up to {int.MaxValue:N0}"),
        _ when type == typeof(long) => string.Create(CultureInfo.InvariantCulture, $"a whole number up to {long.MaxValue:N0}"),
        _ => "a number",
    };
}
