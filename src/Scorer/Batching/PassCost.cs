namespace Rerank.Scorer.Batching;

/// <summary>Milliseconds of a forward pass while all lanes are busy; never falls with more rows or more length.</summary>
/// <param name="rows">At least 1.</param>
/// <param name="length">Tokens a row; at least 1.</param>
internal delegate double PassCost(int rows, int length);
