namespace Rerank.Scorer.Inference;

/// <summary>
/// One lane's pinned input and output arrays, grown to the largest pass seen and reused, so that a pass allocates next to nothing.
/// Not thread-safe: one owner a lane.
/// </summary>
internal sealed class PassBuffers
{
    private long[] _inputIds = [];
    private long[] _attentionMask = [];
    private long[] _tokenTypeIds = [];
    private float[] _logits = [];

    internal Memory<long> InputIds { get; private set; }

    internal Memory<long> AttentionMask { get; private set; }

    internal Memory<long> TokenTypeIds { get; private set; }

    internal Memory<float> Logits { get; private set; }

    /// <summary>Makes room for rows × length tokens; the contents are whatever was there.</summary>
    internal void Resize(int rows, int length)
    {
        var tokens = rows * length;
        if (_inputIds.Length < tokens)
        {
            _inputIds = GC.AllocateUninitializedArray<long>(tokens, pinned: true);
            _attentionMask = GC.AllocateUninitializedArray<long>(tokens, pinned: true);
            _tokenTypeIds = GC.AllocateUninitializedArray<long>(tokens, pinned: true);
        }

        if (_logits.Length < rows)
            _logits = GC.AllocateUninitializedArray<float>(rows, pinned: true);

        InputIds = _inputIds.AsMemory(0, tokens);
        AttentionMask = _attentionMask.AsMemory(0, tokens);
        TokenTypeIds = _tokenTypeIds.AsMemory(0, tokens);
        Logits = _logits.AsMemory(0, rows);
    }
}
