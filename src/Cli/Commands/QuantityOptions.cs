using System.CommandLine;
using System.Globalization;

namespace Rerank.Cli.Commands;

/// <summary>Options whose values are times and measures: <c>200ms</c>, <c>1.5s</c>, <c>5m</c>; <c>55</c>, <c>0.5</c>.</summary>
internal static class QuantityOptions
{
    internal static Option<TimeSpan?> Duration(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "TIME",
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (ParseDuration(text) is { } duration && duration > TimeSpan.Zero)
                return duration;
            result.AddError($"{name} is '{text}'; it must be a time above zero such as 200ms, 1.5s, 5m or 1h.");
            return null;
        },
    };

    internal static Option<double?> Number(string name, string description, string helpName, double least, double most) => new(name)
    {
        Description = description,
        HelpName = helpName,
        CustomParser = result =>
        {
            if (double.TryParse(result.Tokens[0].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                && number >= least && number <= most)
                return number;
            result.AddError($"{name} is '{result.Tokens[0].Value}'; it must be a number from {least:#,0.###} to {most:#,0.###}.");
            return null;
        },
    };

    /// <summary>A whole number between bounds.</summary>
    internal static Option<int?> Count(string name, string description, int least, int most)
    {
        var option = new Option<int?>(name) { Description = description, HelpName = "N" };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && int.TryParse(token.Value, CultureInfo.InvariantCulture, out var count) && (count < least || count > most))
                result.AddError($"{name} is '{count}'; it must be {least:N0} to {most:N0}.");
        });
        return option;
    }

    /// <summary>One of a list, which the error names.</summary>
    internal static Option<string?> Choice(string name, string description, string helpName, IReadOnlyList<string> known)
    {
        var option = new Option<string?>(name) { Description = $"{description} {string.Join(", ", known)}.", HelpName = helpName };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && token.Value.Length > 0 && !known.Contains(token.Value, StringComparer.Ordinal))
                result.AddError($"{name} is '{token.Value}'; it must be one of {string.Join(", ", known)}.");
        });
        return option;
    }

    /// <summary>Null if the text is no time.</summary>
    internal static TimeSpan? ParseDuration(string text)
    {
        var digits = text.TrimEnd([.. "msh"]);
        TimeSpan? unit = text[digits.Length..] switch
        {
            "ms" => TimeSpan.FromMilliseconds(1),
            "s" => TimeSpan.FromSeconds(1),
            "m" => TimeSpan.FromMinutes(1),
            "h" => TimeSpan.FromHours(1),
            _ => null,
        };
        return double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.Abs(number) < 1e6
            ? unit * number
            : null;
    }
}
