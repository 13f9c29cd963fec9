namespace Rerank.Scorer.Batching;

/// <summary>What to expect when so many pairs are always planned together, and more wait in the queue.</summary>
/// <param name="Pairs">The window.</param>
/// <param name="PairsPerSecond">Of all lanes together.</param>
/// <param name="PlanMs">From a plan's first pass to the end of its last.</param>
/// <param name="LongestPassMs">Longest pass of a plan.</param>
/// <param name="ReceiptMs">From receipt to scored, of nearly all pairs, if the next window is pulled when the last pass of this one starts.</param>
/// <param name="Classes">Longest pair of each pass, longest first.</param>
internal sealed record WindowChoice(
    int Pairs, double PairsPerSecond, double PlanMs, double LongestPassMs, double ReceiptMs, IReadOnlyList<int> Classes)
{
    /// <summary>The same on a device slower by a factor.</summary>
    internal WindowChoice SlowerBy(double factor) => this with
    {
        PairsPerSecond = PairsPerSecond / factor,
        PlanMs = PlanMs * factor,
        LongestPassMs = LongestPassMs * factor,
        ReceiptMs = ReceiptMs * factor,
    };

    /// <summary>What is to be expected of a size between this and a larger one.</summary>
    /// <param name="larger">The other.</param>
    /// <param name="share">0 for this one, 1 for the other.</param>
    internal WindowChoice Towards(WindowChoice larger, double share)
    {
        return larger with
        {
            Pairs = (int)Between(Pairs, larger.Pairs),
            PairsPerSecond = Between(PairsPerSecond, larger.PairsPerSecond),
            PlanMs = Between(PlanMs, larger.PlanMs),
            LongestPassMs = Between(LongestPassMs, larger.LongestPassMs),
            ReceiptMs = Between(ReceiptMs, larger.ReceiptMs),
        };

        double Between(double from, double to) => from + (share * (to - from));
    }
}
