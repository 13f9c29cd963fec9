namespace Rerank.Scorer.Models.Rewriting;

/// <summary>A matrix in int8, symmetric, with a scale for each column.</summary>
/// <param name="Values">Row by row.</param>
/// <param name="Scales">A column each.</param>
internal sealed record Int8Weights(byte[] Values, float[] Scales)
{
    /// <param name="values">Row by row.</param>
    /// <param name="columns">Columns of a row.</param>
    /// <param name="largest">127, or 63 for processors whose products of two bytes may overflow.</param>
    internal static Int8Weights Of(ReadOnlySpan<float> values, int columns, int largest)
    {
        var scales = new float[columns];
        for (var i = 0; i < values.Length; i++)
            scales[i % columns] = Math.Max(scales[i % columns], Math.Abs(values[i]));
        for (var column = 0; column < columns; column++)
            scales[column] = scales[column] == 0 ? 1 : scales[column] / largest;

        var rounded = new byte[values.Length];
        for (var i = 0; i < values.Length; i++)
            rounded[i] = (byte)(sbyte)Math.Clamp(MathF.Round(values[i] / scales[i % columns]), -largest, largest);
        return new Int8Weights(rounded, scales);
    }
}
