using System.CommandLine;
using Rerank.Cli.DeadLetters;
using Rerank.Cli.Output;
using Rerank.Shared.Hosting;

namespace Rerank.Cli.Commands;

/// <summary><c>dead show</c>: one letter with its record.</summary>
internal sealed class DeadShowCommand : DeadVerb
{
    private readonly Argument<long> _ordinal = new("ORDINAL") { Description = "Ordinal of the record in its job." };

    internal DeadShowCommand()
        : base("show", "Shows a dead letter and its record.") => Arguments.Add(_ordinal);

    private protected override async Task RunAsync(ParseResult parse, string job, DeadLetterBox box, CancellationToken cancellationToken)
    {
        var ordinal = parse.GetRequiredValue(_ordinal);
        var stored = (await box.ReadAsync(cancellationToken)).LastOrDefault(stored => stored.Letter.Ordinal == ordinal)
            ?? throw new StageFailedException(ExitCode.Failed, $"{job} has no dead letter of ordinal {ordinal}; rerank dead list {job} lists them.");
        var letter = DeadLetterView.Of(stored, withOriginal: true);
        if (parse.GetValue(Json))
        {
            JsonLine.Write(letter, CliJson.Default.DeadLetterView);
            return;
        }

        Console.Out.WriteLine($"{letter.Reason}: {letter.Detail}");
        Console.Out.WriteLine($"{letter.Place}, by {letter.Stage}, {letter.Length:N0} bytes, SHA-256 {letter.Sha256}");
        Console.Out.WriteLine(letter.Original);
    }
}
