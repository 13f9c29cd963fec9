namespace Rerank.Scorer.Tokenization;

/// <summary>Reads <c>vocab.txt</c>, one token a line, its id the line's number from 0; the rest is as BERT uncased has it.</summary>
internal static class VocabularyText
{
    private static readonly string[] SpecialTokens = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"];

    internal static TokenizerDefinition Read(string path, TokenizerConfiguration configuration)
    {
        var vocabulary = new Dictionary<string, int>(StringComparer.Ordinal);
        var line = 0;
        foreach (var token in File.ReadLines(path))
            vocabulary[token.TrimEnd()] = line++;

        return new TokenizerDefinition
        {
            Vocabulary = vocabulary,
            Normalizer = new BertNormalizerFlags(
                CleanText: true, configuration.SeparateIdeographs ?? true, configuration.StripAccents, configuration.Lowercase ?? true),
            AddedTokens = [.. SpecialTokens.Where(vocabulary.ContainsKey).Select(token => new AddedToken(token, vocabulary[token]))],
            ClassificationId = Id("[CLS]"),
            SeparatorId = Id("[SEP]"),
            PaddingId = Id("[PAD]"),
        };

        int Id(string token) => vocabulary.TryGetValue(token, out var id)
            ? id
            : throw new TokenizerException($"{path}: the token {token} is missing; this is not the vocabulary of a BERT model.");
    }
}
