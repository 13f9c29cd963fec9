using System.Globalization;
using Rerank.Cli.Commands;
using YamlDotNet.RepresentationModel;

namespace Rerank.Cli.Bench.Experiments;

/// <summary>
/// The fields of one mapping. What is wrong becomes an error with file, line, field and fix, and some value that lets the reading go on, so
/// that all errors are told at once.
/// </summary>
internal sealed class YamlFields(string file, YamlMappingNode node, string path, List<string> errors)
{
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    internal bool Has(string field)
    {
        _known.Add(field);
        return Find(field) is not null;
    }

    internal string Text(string field) => One(field, "a text", text => text.Length > 0 ? text : null) ?? "";

    internal int Whole(string field, int least, int most) => Wholes(field, least, most) is [var first, ..] ? first : least;

    internal string Choice(string field, IReadOnlyList<string> known, string? otherwise = null) =>
        otherwise is not null && !Has(field)
            ? otherwise
            : One(field, $"one of {string.Join(", ", known)}", text => known.Contains(text, StringComparer.Ordinal) ? text : null) ?? known[0];

    internal IReadOnlyList<string> Choices(string field, IReadOnlyList<string> known) =>
        Many(field, $"one of {string.Join(", ", known)}", text => known.Contains(text, StringComparer.Ordinal) ? text : null);

    internal IReadOnlyList<bool> Switches(string field) =>
        [.. Many(field, "true or false", text => text is "true" or "false" ? text : null).Select(text => text == "true")];

    internal IReadOnlyList<int> Wholes(string field, int least, int most) =>
        [.. Many(
            field,
            string.Create(CultureInfo.InvariantCulture, $"a whole number from {least:N0} to {most:N0}"),
            text => int.TryParse(text, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? (int?)number : null)
            .Select(number => number!.Value)];

    internal IReadOnlyList<double> Numbers(string field, double least, double most) =>
        [.. Many(
            field,
            string.Create(CultureInfo.InvariantCulture, $"a number from {least:#,0.###} to {most:#,0.###}"),
            text => double.TryParse(text, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? (double?)number : null)
            .Select(number => number!.Value)];

    internal IReadOnlyList<TimeSpan> Durations(string field) =>
        [.. Many(field, "a time above zero such as 200ms or 1.5s", text => QuantityOptions.ParseDuration(text) is { } time && time > TimeSpan.Zero ? (TimeSpan?)time : null)
            .Select(time => time!.Value)];

    internal YamlFields Mapping(string field)
    {
        _known.Add(field);
        if (Find(field) is YamlMappingNode found)
            return new YamlFields(file, found, Path(field), errors);
        errors.Add($"{file}:{(Find(field) ?? node).Start.Line}: {Path(field)} must have fields of its own, indented below it.");
        return new YamlFields(file, node, Path(field), []);
    }

    internal IReadOnlyList<YamlFields> Mappings(string field)
    {
        _known.Add(field);
        if (Find(field) is YamlSequenceNode { Children: { Count: > 0 } items } && items.All(item => item is YamlMappingNode))
            return [.. items.Select((item, i) => new YamlFields(file, (YamlMappingNode)item, $"{Path(field)}[{i}]", errors))];
        errors.Add($"{file}:{(Find(field) ?? node).Start.Line}: {Path(field)} must be a list of blocks, each beginning with '- batch: […]'.");
        return [];
    }

    internal void Refuse(string field, string value, string fix) =>
        errors.Add($"{file}:{(Find(field) ?? node).Start.Line}: {Path(field)} is '{value}'; {fix}.");

    /// <summary>What was not asked for is most likely misspelt.</summary>
    internal void RefuseOthers()
    {
        foreach (var key in node.Children.Keys.OfType<YamlScalarNode>().Where(key => !_known.Contains(key.Value!)))
            errors.Add($"{file}:{key.Start.Line}: {Path(key.Value!)} is not a field; it must be one of {string.Join(", ", _known.Order(StringComparer.Ordinal))}.");
    }

    private string Path(string field) => path.Length == 0 ? field : $"{path}.{field}";

    private YamlNode? Find(string field) => node.Children.FirstOrDefault(entry => entry.Key is YamlScalarNode { Value: { } name } && name == field).Value;

    private T? One<T>(string field, string rule, Func<string, T?> read) => Many(field, rule, read) is [var first, ..] ? first : default;

    /// <summary>A list, or a single value in place of a list of one.</summary>
    private List<T> Many<T>(string field, string rule, Func<string, T?> read)
    {
        _known.Add(field);
        var values = new List<T>();
        var found = Find(field);
        var nodes = found is YamlSequenceNode sequence ? sequence.Children : found is null ? [] : [found];
        if (nodes.Count == 0)
            errors.Add($"{file}:{(found ?? node).Start.Line}: {Path(field)} is missing; it must be {rule}.");
        foreach (var item in nodes)
        {
            var text = (item as YamlScalarNode)?.Value ?? "";
            if (read(text) is { } value)
                values.Add(value);
            else
                errors.Add($"{file}:{item.Start.Line}: {Path(field)} is '{text}'; it must be {rule}.");
        }

        return values;
    }
}
