using System.CommandLine;
using Rerank.Cli.DeadLetters;
using Rerank.Cli.Output;

namespace Rerank.Cli.Commands;

/// <summary><c>dead list</c>: one line a letter.</summary>
internal sealed class DeadListCommand() : DeadVerb("list", "Lists the dead letters of a job.")
{
    private protected override async Task RunAsync(ParseResult parse, string job, DeadLetterBox box, CancellationToken cancellationToken)
    {
        var letters = (await box.ReadAsync(cancellationToken)).Select(stored => DeadLetterView.Of(stored, withOriginal: false)).ToList();
        if (parse.GetValue(Json))
        {
            JsonLine.Write(new DeadLetterList(job, letters), CliJson.Default.DeadLetterList);
            return;
        }

        if (letters.Count == 0)
            Console.Out.WriteLine($"{job} has no dead letters.");
        foreach (var letter in letters)
            Console.Out.WriteLine(letter.ToLine());
    }
}
