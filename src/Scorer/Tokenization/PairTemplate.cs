using System.Text.Json;

namespace Rerank.Scorer.Tokenization;

/// <summary>Reads the post-processor of <c>tokenizer.json</c>, which must give <c>[CLS] query [SEP] document [SEP]</c>, types 0 and 1.</summary>
internal static class PairTemplate
{
    internal static (int ClassificationId, int SeparatorId) Read(string path, JsonElement processor)
    {
        var ids = TokenizerJson.TypeOf(processor) switch
        {
            "BertProcessing" => (processor.Find("cls").At(1).AsNumber(), processor.Find("sep").At(1).AsNumber()),
            "TemplateProcessing" => ReadTemplate(processor),
            _ => default,
        };
        return ids is ({ } classification, { } separator)
            ? (classification, separator)
            : throw TokenizerJson.Refusal(
                path, "post_processor", Describe(processor), "BertProcessing, or TemplateProcessing of '[CLS] A [SEP] B:1 [SEP]:1'");
    }

    private static (int? ClassificationId, int? SeparatorId) ReadTemplate(JsonElement processor)
    {
        var pieces = processor.Find("pair").Items().Select(Piece).ToArray();
        return pieces is [(false, { } cls, 0), (true, "A", 0), (false, { } sep, 0), (true, "B", 1), (false, { } end, 1)] && sep == end
            ? (SpecialId(processor, cls), SpecialId(processor, sep))
            : default;
    }

    private static (bool IsSequence, string? Name, int? Type) Piece(JsonElement piece)
    {
        var sequence = piece.Find("Sequence");
        var element = sequence.IsMissing() ? piece.Find("SpecialToken") : sequence;
        return (!sequence.IsMissing(), element.Find("id").AsText(), element.Find("type_id").AsNumber());
    }

    private static int? SpecialId(JsonElement processor, string name)
    {
        var ids = processor.Find("special_tokens").Find(name).Find("ids");
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
