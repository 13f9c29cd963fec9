using System.Text.Json;

namespace Rerank.Scorer.Models;

/// <summary>What <c>config.json</c> says that matters here; nothing of it is required.</summary>
internal sealed record ModelConfig(int? Labels, int? MaxPositions)
{
    /// <exception cref="ModelException">The file is not JSON, or names other than one label.</exception>
    internal static ModelConfig Read(string path)
    {
        if (!File.Exists(path))
            return new ModelConfig(Labels: null, MaxPositions: null);
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

            return new ModelConfig(labels, MaxPositionsOf(root));
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

    private static int? Number(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number)
            ? number
            : null;

    private static int? Count(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object
            ? value.EnumerateObject().Count()
            : null;
}
