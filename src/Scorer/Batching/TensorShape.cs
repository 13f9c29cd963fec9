namespace Rerank.Scorer.Batching;

/// <summary>Rows and tokens a row that are really computed for a pass: more than its own where it is padded up to a static shape.</summary>
internal delegate (int Rows, int Length) TensorShape(int rows, int length);
