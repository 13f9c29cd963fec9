namespace Rerank.Scorer.Models.Rewriting;

/// <summary>Smallest and largest value that was seen of something.</summary>
internal readonly record struct ActivationRange(float Low, float High)
{
    private const int Levels = 255;

    internal ActivationRange With(float low, float high) => new(Math.Min(Low, low), Math.Max(High, high));

    /// <summary>
    /// Step and zero of unsigned bytes that reach over the range and hold 0 exactly. The step has three digits, so that the last bits of
    /// other processors' floats do not make another model.
    /// </summary>
    internal (float Scale, byte Zero) Quantization()
    {
        double low = Math.Min(Low, 0), high = Math.Max(High, 0);
        var step = Math.Max((high - low) / Levels, 1e-12);
        var digit = Math.Pow(10, Math.Floor(Math.Log10(step)) - 2);
        var scale = Math.Ceiling(Math.Round(step / digit, 3)) * digit;
        return ((float)scale, (byte)Math.Clamp(Math.Round(-low / scale), 0, Levels));
    }
}
