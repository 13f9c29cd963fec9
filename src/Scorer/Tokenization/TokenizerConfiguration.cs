using System.Text.Json;

namespace Rerank.Scorer.Tokenization;

/// <summary>What <c>tokenizer_config.json</c> adds; all null where that file is absent.</summary>
internal sealed record TokenizerConfiguration(bool? Lowercase, bool? StripAccents, bool? SeparateIdeographs, string? PaddingToken)
{
    private const string FileName = "tokenizer_config.json";

    internal static TokenizerConfiguration Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
            return new TokenizerConfiguration(Lowercase: null, StripAccents: null, SeparateIdeographs: null, PaddingToken: null);

        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        var root = document.RootElement;
        return new TokenizerConfiguration(
            root.Find("do_lower_case").AsBoolean(),
            root.Find("strip_accents").AsBoolean(),
            root.Find("tokenize_chinese_chars").AsBoolean(),
            root.Find("pad_token").AsText() ?? root.Find("pad_token").Find("content").AsText());
    }
}
