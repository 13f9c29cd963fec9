using System.Text.Json;

namespace Rerank.Scorer.Tokenization;

/// <summary>Reads the post-processor of <c>tokenizer.json</c>.</summary>
internal static class PairTemplateJson
{
    private const string Supported =
        "BertProcessing, RobertaProcessing, TemplateProcessing of special tokens around A and B such as '[CLS] A [SEP] B:1 [SEP]:1'";

    internal static PairTemplate Read(string path, JsonElement processor) =>
        (TokenizerJson.TypeOf(processor) switch
        {
            "BertProcessing" => Framed(processor, PairTemplate.Bert),
            "RobertaProcessing" => Framed(processor, PairTemplate.Roberta),
            "TemplateProcessing" => ReadTemplate(processor),
            _ => null,
        })
        ?? throw TokenizerJson.Refusal(path, "post_processor", Describe(processor), Supported);

    private static PairTemplate? Framed(JsonElement processor, Func<int, int, PairTemplate> template) =>
        (processor.Find("cls").At(1).AsNumber(), processor.Find("sep").At(1).AsNumber()) is ({ } classification, { } separator)
            ? template(classification, separator)
            : null;

    private static PairTemplate? ReadTemplate(JsonElement processor)
    {
        var pieces = processor.Find("pair").Items().Select(Piece).ToArray();
        var query = Array.FindIndex(pieces, piece => piece is { IsSequence: true, Name: "A" });
        var document = Array.FindIndex(pieces, piece => piece is { IsSequence: true, Name: "B" });
        if (query < 0 || document < query || pieces.Count(piece => piece.IsSequence) != 2)
            return null;
        if (pieces[document].Type is not { } type || pieces[..document].Any(piece => piece.Type != 0) || pieces[document..].Any(piece => piece.Type != type))
            return null;

        return Ids(0..query) is { } before && Ids((query + 1)..document) is { } between && Ids((document + 1)..) is { } after
            ? new PairTemplate(before, between, after, type)
            : null;

        int[]? Ids(Range range)
        {
            var ids = pieces[range].Select(piece => SpecialId(processor, piece.Name)).ToArray();
            return ids.Contains(null) ? null : [.. ids.Select(id => id!.Value)];
        }
    }

    private static (bool IsSequence, string? Name, int? Type) Piece(JsonElement piece)
    {
        var sequence = piece.Find("Sequence");
        var element = sequence.IsMissing() ? piece.Find("SpecialToken") : sequence;
        return (!sequence.IsMissing(), element.Find("id").AsText(), element.Find("type_id").AsNumber());
    }

    private static int? SpecialId(JsonElement processor, string? name)
    {
        var ids = processor.Find("special_tokens").Find(name ?? "").Find("ids");
        return ids.Items().Count() == 1 ? ids.At(0).AsNumber() : null;
    }

    private static string? Describe(JsonElement processor)
    {
        if (TokenizerJson.TypeOf(processor) is not "TemplateProcessing")
            return TokenizerJson.TypeOf(processor);
        var pieces = processor.Find("pair").Items().Select(Piece).Select(piece => piece.Type == 0 ? piece.Name : $"{piece.Name}:{piece.Type}");
        return "TemplateProcessing of " + string.Join(' ', pieces);
    }
}
