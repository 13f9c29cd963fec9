using System.CommandLine;
using Rerank.Cli.DeadLetters;
using Rerank.Cli.Output;
using Rerank.Shared.Hosting;

namespace Rerank.Cli.Commands;

/// <summary><c>dead retry</c>: publishes pairs again under their ordinals.</summary>
internal sealed class DeadRetryCommand : DeadVerb
{
    private readonly Argument<long[]> _ordinals = new("ORDINAL")
    {
        Description = "Which ones. Default: all.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    internal DeadRetryCommand()
        : base("retry", "Publishes dead pairs again under their ordinals.") => Arguments.Add(_ordinals);

    private protected override async Task RunAsync(ParseResult parse, string job, DeadLetterBox box, CancellationToken cancellationToken)
    {
        var wanted = parse.GetValue(_ordinals) is { Length: > 0 } ordinals ? ordinals.ToHashSet() : null;
        var letters = (await box.ReadAsync(cancellationToken))
            .Where(stored => wanted is null || (stored.Letter.Ordinal is { } ordinal && wanted.Contains(ordinal)))
            .ToList();
        if (wanted is not null && wanted.Except(letters.Select(stored => stored.Letter.Ordinal!.Value)).Order().ToList() is { Count: > 0 } missing)
        {
            throw new StageFailedException(
                ExitCode.Failed,
                $"{job} has no dead letter of ordinal {string.Join(", ", missing)}; nothing was published. rerank dead list {job} lists them.");
        }

        var kept = letters.Where(stored => stored.CanRetry).ToList();
        foreach (var stored in kept)
            await box.RetryAsync(stored, cancellationToken);

        var result = new RetriedLetters(job, kept.Count, letters.Count - kept.Count);
        if (parse.GetValue(Json))
            JsonLine.Write(result, CliJson.Default.RetriedLetters);
        else
            Console.Out.WriteLine(ToText(result));
    }

    private static string ToText(RetriedLetters result) =>
        $"{result.Retried:N0} pairs of {result.Job} were published again"
        + (result.NotKept > 0 ? $"; {result.NotKept:N0} letters do not hold a whole record" : "")
        + (result.Retried > 0 ? "; a running Scorer takes them up, or the run command of the job" : "");
}
