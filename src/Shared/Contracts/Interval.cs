namespace Rerank.Shared.Contracts;

/// <summary>Ordinals from <paramref name="First"/> to <paramref name="Last"/>, both included.</summary>
public readonly record struct Interval(long First, long Last)
{
    public long Count => Last - First + 1;
}
