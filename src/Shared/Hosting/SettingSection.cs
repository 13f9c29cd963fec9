using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Rerank.Shared.Hosting;

/// <summary>
/// A section of the settings as options. A text that cannot be read leaves its setting at the default and is an error of validation, so that it
/// is told together with all others.
/// </summary>
public sealed class SettingSection<TOptions>(IConfiguration configuration, string section) : IConfigureOptions<TOptions>, IValidateOptions<TOptions>
    where TOptions : class
{
    public void Configure(TOptions options)
    {
        var unreadable = Unreadable().Select(found => $"{section}:{found.Setting}").ToHashSet(StringComparer.OrdinalIgnoreCase);
        new ConfigurationBuilder()
            .AddInMemoryCollection(configuration.GetSection(section).AsEnumerable().Where(setting => !unreadable.Contains(setting.Key)))
            .Build()
            .GetSection(section)
            .Bind(options);
    }

    public ValidateOptionsResult Validate(string? name, TOptions options)
    {
        string[] errors = [.. Unreadable().Select(found => $"{section}__{found.Setting} is '{found.Text}'; it must be {found.Expected}.")];
        return errors.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private IEnumerable<(string Setting, string Text, string Expected)> Unreadable() =>
        from property in typeof(TOptions).GetProperties()
        let text = configuration[$"{section}:{property.Name}"]
        where text is not null
        let expected = SettingText.Expected(text, property.PropertyType)
        where expected is not null
        select (property.Name, text, expected);
}
