namespace Rerank.Benchmarks.Steady;

/// <summary>A forward pass, or a call of a peer.</summary>
/// <param name="From">When it began, unix seconds.</param>
/// <param name="Until">When it ended; it may have been stopped in between.</param>
/// <param name="Pairs">Rows.</param>
/// <param name="Tokens">Of the rows, padding not counted.</param>
internal readonly record struct ScoredPass(double From, double Until, int Pairs, long Tokens);
