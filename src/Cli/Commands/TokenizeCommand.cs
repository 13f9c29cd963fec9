using System.CommandLine;
using System.Text;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;
using Rerank.Cli.Output;
using Rerank.Cli.Pulling;
using Rerank.Scorer.Tokenization;
using Rerank.Shared.Hosting;

namespace Rerank.Cli.Commands;

/// <summary><c>tokenize</c>: pairs from stdin, a JSON line of token ids for each to stdout.</summary>
internal sealed class TokenizeCommand : Command
{
    private const int ShownCharacters = 80;

    private readonly Option<string> _model = new("--model")
    {
        Description = "Model folder, a folder with just a tokenizer, or a built-in model.",
        HelpName = "M",
        Required = true,
    };
    private readonly Option<int> _maxLength = new("--max-length")
    {
        Description = "Tokens a pair is cut to.",
        HelpName = "N",
        DefaultValueFactory = _ => 512,
    };
    private readonly Option<string> _truncation = new("--truncation")
    {
        Description = "Which side gives way.",
        HelpName = "longest_first|only_second",
        DefaultValueFactory = _ => "longest_first",
    };

    internal TokenizeCommand()
        : base("tokenize", "Reads {\"query\", \"document\"} lines and prints {\"input_ids\", \"token_type_ids\"} lines.")
    {
        _truncation.AcceptOnlyFromAmong("longest_first", "only_second");
        foreach (var option in new Option[] { _model, _maxLength, _truncation })
            Options.Add(option);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        var maxLength = parse.GetValue(_maxLength);
        var truncation = parse.GetValue(_truncation) == "only_second" ? Truncation.OnlySecond : Truncation.LongestFirst;
        var tokenizer = await LoadAsync(parse.GetRequiredValue(_model), cancellationToken);

        using var input = new StreamReader(Console.OpenStandardInput(), new UTF8Encoding(false, throwOnInvalidBytes: true));
        // Not the console's own stream: that one hides that nobody reads any more (tokenize … | head), and would be written to for ever.
        using var stdout = new SafeFileHandle(1, ownsHandle: false);
        await using var output = new StreamWriter(new FileStream(stdout, FileAccess.Write), new UTF8Encoding(false));
        for (var line = 1L; await ReadLineAsync(input, line, cancellationToken) is { } text; line++)
        {
            if (string.IsNullOrWhiteSpace(text))
                continue;
            var tokens = Encode(tokenizer, text, line, maxLength, truncation);
            await output.WriteLineAsync(JsonSerializer.Serialize(TokenLine.Of(tokens), CliJson.Default.TokenLine));
        }

        return ExitCode.Done;
    }

    private static async Task<PairTokenizer> LoadAsync(string model, CancellationToken cancellationToken)
    {
        try
        {
            var folder = Directory.Exists(model) ? model : (await OpenedModel.OpenAsync(model, TimeProvider.System, cancellationToken)).TokenizerFolder;
            return PairTokenizer.Load(folder);
        }
        catch (TokenizerException e)
        {
            throw new StageFailedException(ExitCode.WrongUsage, e.Message);
        }
    }

    private static async Task<string?> ReadLineAsync(StreamReader input, long line, CancellationToken cancellationToken)
    {
        try
        {
            return await input.ReadLineAsync(cancellationToken);
        }
        catch (DecoderFallbackException e)
        {
            throw new StageFailedException(ExitCode.Failed, $"At or after line {line}: not valid UTF-8 ({e.Message})");
        }
    }

    private static TokenizedPair Encode(PairTokenizer tokenizer, string text, long line, int maxLength, Truncation truncation)
    {
        try
        {
            if (JsonSerializer.Deserialize(text, CliJson.Default.TextPair) is { } pair)
                return tokenizer.Encode(pair.Query, pair.Document, maxLength, truncation);
        }
        catch (JsonException)
        {
            // The message below says what is wanted; the exception's says what types this program has.
        }
        catch (TokenizerException e)
        {
            throw new StageFailedException(ExitCode.Failed, $"Line {line}: {e.Message}");
        }

        throw new StageFailedException(
            ExitCode.Failed, $"Line {line} is no JSON object with the strings \"query\" and \"document\": {Beginning(text)}");
    }

    private static string Beginning(string text) => text.Length <= ShownCharacters ? text : text[..ShownCharacters] + " …";
}
