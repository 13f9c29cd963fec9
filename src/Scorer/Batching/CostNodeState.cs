namespace Rerank.Scorer.Batching;

/// <summary>What is known of passes near one shape.</summary>
/// <param name="Rows">Rows of the shape.</param>
/// <param name="Length">Its tokens a row.</param>
/// <param name="Milliseconds">Of a pass.</param>
/// <param name="Weight">How many passes this rests on, by and large.</param>
internal sealed record CostNodeState(int Rows, int Length, double Milliseconds, double Weight);
