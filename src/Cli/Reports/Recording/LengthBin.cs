namespace Rerank.Cli.Reports.Recording;

/// <summary>Pairs of a length of <paramref name="From"/> up to and with <paramref name="To"/> tokens, special tokens included.</summary>
internal sealed record LengthBin(int From, int To, long Pairs);
