namespace Rerank.Scorer.Tokenization;

/// <summary>An added token in a text.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Start">Where it begins, white space that it takes included.</param>
/// <param name="End">Where it ends, white space that it takes included.</param>
/// <param name="Next">Where to look for the next one.</param>
internal readonly record struct AddedTokenMatch(int Id, int Start, int End, int Next);
