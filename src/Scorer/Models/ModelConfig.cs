using System.Text.Json;

namespace Rerank.Scorer.Models;

/// <summary>What <c>config.json</c> says that matters here; nothing of it is required.</summary>
internal sealed record ModelConfig(int? Labels, int? MaxPositions, int? MostBytesAToken)
{
    // As most models have it; the shorter ones take less.
    private const int UsualMaxPositions = 512;

    // Of the hidden state in a layer: the input, queries, keys, values, and what comes of them.
    private const int HiddenCopies = 8;

    // Of the attention's scores: before and after the softmax.
    private const int AttentionCopies = 2;

    /// <exception cref="ModelException">The file is not JSON, or names other than one label.</exception>
    internal static ModelConfig Read(string path)
    {
        if (!File.Exists(path))
            return new ModelConfig(Labels: null, MaxPositions: null, MostBytesAToken: null);
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
                throw new ModelException($"{path} is no JSON object. Fetch it again, or remove it.");
            int?[] said = [Number(root, "num_labels"), Count(root, "id2label")];
            var labels = said.FirstOrDefault(count => count is not (null or 1)) ?? said.FirstOrDefault(count => count is not null);
            if (labels is not (null or 1))
            {
                throw new ModelException(
                    $"{path} says {labels} labels (num_labels or id2label): that is a classifier. "
                    + "A cross-encoder has one label, the score.");
            }

            var maxPositions = MaxPositionsOf(root);
            return new ModelConfig(labels, maxPositions, MostBytesATokenOf(root, maxPositions ?? UsualMaxPositions));
        }
        catch (JsonException exception)
        {
            throw new ModelException($"{path} is not JSON: {exception.Message} Fetch it again, or remove it.", exception);
        }
    }

    // RoBERTa's models count positions from behind the padding token's id on: of 514 they use 512.
    private static int? MaxPositionsOf(JsonElement root)
    {
        var unused = root.TryGetProperty("model_type", out var type) && type.ValueKind == JsonValueKind.String
            && type.GetString() is "roberta" or "xlm-roberta" or "xlm-roberta-xl" or "camembert"
                ? (Number(root, "pad_token_id") ?? 1) + 1
                : 0;
        return Number(root, "max_position_embeddings") - unused;
    }

    /// <summary>About what a token of a pass with rows of full length takes while a layer runs; the attention's scores are most of it.</summary>
    private static int? MostBytesATokenOf(JsonElement root, int length) => sizeof(float) * (
        (AttentionCopies * Number(root, "num_attention_heads") * Math.Min(length, UsualMaxPositions))
        + (HiddenCopies * Number(root, "hidden_size"))
        + Number(root, "intermediate_size"));

    private static int? Number(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number)
            ? number
            : null;

    private static int? Count(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object
            ? value.EnumerateObject().Count()
            : null;
}
