using System.CommandLine;
using Rerank.Cli.Reports;
using Rerank.Cli.Reports.Figures;
using Rerank.Cli.Reports.Reading;
using Rerank.Shared.Hosting;

namespace Rerank.Cli.Commands;

/// <summary><c>report</c>: what the tables of a bench or a run say, as Markdown, HTML or JSON.</summary>
internal sealed class ReportCommand : Command
{
    private readonly Argument<string> _folder = new("DIR") { Description = "Folder with tables: the --output of bench or run." };

    private readonly Argument<string?> _other = new("DIR2")
    {
        Description = "Another one, to lay beside it.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<ReportFormat?> _format = new("--format")
    {
        Description = "md, html (one page that needs nothing else), json, or a, b, c, d: the formats of the reference results. By default md.",
        HelpName = "FORMAT",
    };

    private readonly Option<string?> _output = new("--output")
    {
        Description = "File to write; by default the report goes to stdout. With c, time series go into a folder 'distribution' beside it.",
        HelpName = "F",
    };

    internal ReportCommand()
        : base("report", "Reports what a bench or a run measured: throughput, latency, where the time went.")
    {
        Arguments.Add(_folder);
        Arguments.Add(_other);
        _format.CustomParser = Parse;
        Options.Add(_format);
        Options.Add(_output);
        SetAction(Run);
    }

    private static ReportFormat? Parse(System.CommandLine.Parsing.ArgumentResult result)
    {
        var text = result.Tokens.Count > 0 ? result.Tokens[^1].Value : "";
        if (!text.All(char.IsAsciiLetter) || !Enum.TryParse<ReportFormat>(text, ignoreCase: true, out var format))
            result.AddError($"--format is '{text}'; it must be one of {string.Join(", ", Enum.GetNames<ReportFormat>()).ToLowerInvariant()}.");
        else
            return format;
        return null;
    }

    private int Run(ParseResult parse)
    {
        var format = parse.GetValue(_format) ?? ReportFormat.Md;
        var document = new ReportDocument(
            ReportReader.Read(parse.GetRequiredValue(_folder)),
            parse.GetValue(_other) is { } other ? ReportReader.Read(other) : null);
        var text = ReportText.Render(document, format);
        if (parse.GetValue(_output) is not { } output)
        {
            Console.Out.Write(text);
            return ExitCode.Done;
        }

        if (Path.GetDirectoryName(Path.GetFullPath(output)) is { } folder)
            Directory.CreateDirectory(folder);
        File.WriteAllText(output, text);
        if (format == ReportFormat.C)
            SeriesFiles.Write(output, document.All());
        return ExitCode.Done;
    }
}
