namespace Rerank.Scorer.Inference;

/// <summary>What is computed for a forward pass, padding included.</summary>
/// <param name="Rows">Rows of the tensors, padding rows included.</param>
/// <param name="Length">Tokens a row.</param>
internal readonly record struct PassShape(int Rows, int Length)
{
    public override string ToString() => $"{Rows}x{Length}";
}
