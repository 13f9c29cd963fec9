namespace Rerank.Scorer.Batching;

/// <summary>Learns how long a pass of so many rows and so much length takes. Not thread-safe.</summary>
internal sealed class CostModel
{
    private double _fixedMs = 0.5;
    private double _tokenMs = 0.05;

    /// <summary>Milliseconds of a pass, while all lanes are busy.</summary>
    internal double Predict(int rows, int length) => _fixedMs + (_tokenMs * rows * length);

    /// <summary>A pass took so long.</summary>
    internal void Observe(int rows, int length, double ms, long nowUs)
    {
        var ratio = 1 + (0.1 * (Math.Clamp(ms / Predict(rows, length), 0.5, 2) - 1));
        _fixedMs *= ratio;
        _tokenMs *= ratio;
    }

    internal CostModelState Save() => new() { FixedMs = _fixedMs, TokenMs = _tokenMs };

    internal static CostModel Restore(CostModelState state) => new() { _fixedMs = state.FixedMs, _tokenMs = state.TokenMs };

    /// <summary>Shapes worth measuring before the first pair, cheap ones first.</summary>
    internal static IEnumerable<(int Rows, int Length)> CalibrationShapes(int maxRows, int maxTokens, int maxLength)
    {
        for (var rows = 1; rows <= maxRows; rows *= 4)
        {
            for (var length = 32; length <= maxLength && rows * length <= maxTokens; length *= 2)
                yield return (rows, length);
        }
    }
}
