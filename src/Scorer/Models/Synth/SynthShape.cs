using System.Globalization;

namespace Rerank.Scorer.Models.Synth;

/// <summary>Sizes of a BERT encoder.</summary>
/// <param name="Layers">Encoder layers.</param>
/// <param name="Hidden">Width, a multiple of <paramref name="Heads"/>.</param>
/// <param name="Heads">Attention heads.</param>
/// <param name="FeedForward">Width of the feed-forward part.</param>
public sealed record SynthShape(int Layers, int Hidden, int Heads, int FeedForward)
{
    private const int Largest = 16_384;

    // The shapes of the usual small cross-encoders for passages.
    private static readonly Dictionary<string, SynthShape> Named = new(StringComparer.OrdinalIgnoreCase)
    {
        ["minilm-l6"] = new(6, 384, 12, 1536),
        ["tinybert-l2"] = new(2, 128, 2, 512),
    };

    /// <summary>Reads <c>minilm-l6</c>, <c>tinybert-l2</c> or <c>layers x hidden x heads x ffn</c> such as <c>4x256x4x1024</c>.</summary>
    /// <exception cref="ModelException">It is none of these, or the sizes do not fit together.</exception>
    public static SynthShape Parse(string text)
    {
        if (Named.TryGetValue(text, out var named))
            return named;
        var parts = text.Split('x');
        var sizes = new int[4];
        if (parts.Length != sizes.Length
            || !parts.Index().All(part => int.TryParse(part.Item, NumberStyles.None, CultureInfo.InvariantCulture, out sizes[part.Index])))
        {
            throw new ModelException(
                $"The shape '{text}' is neither {string.Join(" nor ", Named.Keys)} nor <layers>x<hidden>x<heads>x<ffn>, "
                + "for example 4x256x4x1024.");
        }

        var shape = new SynthShape(sizes[0], sizes[1], sizes[2], sizes[3]);
        if (sizes.Any(size => size is < 1 or > Largest))
            throw new ModelException($"The shape '{text}' has a size out of 1 to {Largest:N0}.");
        if (shape.Hidden % shape.Heads != 0)
            throw new ModelException($"The shape '{text}' cannot be: its width {shape.Hidden} is no multiple of its {shape.Heads} heads.");
        return shape;
    }
}
