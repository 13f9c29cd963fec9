using System.Text.Json;
using Rerank.Scorer.Tokenization.WordPiece;

namespace Rerank.Scorer.Tokenization;

/// <summary>Finds and reads the tokenizer of a model folder.</summary>
internal static class TokenizerFolder
{
    internal const string TokenizerFile = "tokenizer.json";
    internal const string VocabularyFile = "vocab.txt";

    /// <exception cref="TokenizerException">There is none, it cannot be read, or it is of a kind that is not supported.</exception>
    internal static TokenizerDefinition Read(string folder)
    {
        if (!Directory.Exists(folder))
            throw new TokenizerException($"The model folder '{folder}' does not exist.");

        var tokenizer = Path.Combine(folder, TokenizerFile);
        var vocabulary = Path.Combine(folder, VocabularyFile);
        try
        {
            var configuration = TokenizerConfiguration.Read(folder);
            if (File.Exists(tokenizer))
                return TokenizerJson.Read(tokenizer, configuration);
            if (File.Exists(vocabulary))
                return VocabularyText.Read(vocabulary, configuration);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            throw new TokenizerException($"The tokenizer of '{folder}' cannot be read: {e.Message}", e);
        }

        throw new TokenizerException(
            $"The model folder '{folder}' has no tokenizer: put the model's {TokenizerFile} or its {VocabularyFile} there.");
    }
}
