namespace Rerank.Scorer.Tokenization.WordPiece;

/// <summary>Reads <c>vocab.txt</c>, one token a line, its id the line's number from 0; the rest is as BERT uncased has it.</summary>
internal static class VocabularyText
{
    private static readonly string[] SpecialTokens = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"];

    internal static TokenizerDefinition Read(string path, TokenizerConfiguration configuration)
    {
        var lines = File.ReadAllLines(path);
        var ids = new Dictionary<string, int>(lines.Length, StringComparer.Ordinal);
        for (var line = 0; line < lines.Length; line++)
            ids[lines[line].TrimEnd()] = line;
        var pieces = new PieceTrie(ids);
        var template = PairTemplate.Bert(Id("[CLS]"), Id("[SEP]"));
        var normalizer = new BertNormalizerFlags(
            CleanText: true, configuration.SeparateIdeographs ?? true, configuration.StripAccents, configuration.Lowercase ?? true);
        return new TokenizerDefinition
        {
            Model = WordPieceModel.Create(path, ids, pieces, normalizer, "[UNK]", "##", WordPieceModel.UsualMaxWordLength),
            AddedTokens = [.. SpecialTokens.Where(token => pieces.Find(token) is not null).Select(token => new AddedToken(token, Id(token)))],
            Template = template,
            PaddingId = Id("[PAD]"),
            VocabularySize = lines.Length,
        };

        int Id(string token) =>
            pieces.Find(token) ?? throw new TokenizerException($"{path}: the token {token} is missing; this is not the vocabulary of a BERT model.");
    }
}
