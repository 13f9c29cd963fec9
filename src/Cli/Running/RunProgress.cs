using System.Text;

namespace Rerank.Cli.Running;

/// <summary>How far a run is, at one moment.</summary>
/// <param name="Scored">Pairs scored, those of earlier runs included; not all of them durable yet.</param>
/// <param name="Durable">Rows in the dataset.</param>
/// <param name="Dead">Ordinals that are dead letters.</param>
/// <param name="Total">Records of the source; estimated from its size until it has been read to the end, null if that cannot be.</param>
/// <param name="TotalIsKnown">The source has been read to the end.</param>
/// <param name="Lag">Pairs published and not yet scored.</param>
/// <param name="PairsPerSecond">Over the last seconds; null with the first reading.</param>
/// <param name="TokensPerSecond">The same, without padding.</param>
internal sealed record RunProgress(
    long Scored, long Durable, long Dead, long? Total, bool TotalIsKnown, long Lag, double? PairsPerSecond, double? TokensPerSecond)
    : IShownProgress
{
    /// <summary>0 to 1; null without a total.</summary>
    public double? Fraction => Total is > 0 ? Math.Min(1, (double)(Scored + Dead) / Total.Value) : null;

    internal TimeSpan? Remaining =>
        Total is { } total && PairsPerSecond is > 0 and { } rate ? TimeSpan.FromSeconds(Math.Max(0, total - Scored - Dead) / rate) : null;

    public string ToText()
    {
        var text = new StringBuilder($"{Scored:N0}");
        if (Total is { } total)
            text.Append($" of {(TotalIsKnown ? "" : "about ")}{total:N0}");
        text.Append(" pairs");
        if (PairsPerSecond is { } pairs)
            text.Append($", {pairs:N0} pairs/s");
        if (TokensPerSecond is { } tokens)
            text.Append($", {tokens:N0} tokens/s");
        if (Remaining is { } remaining)
            text.Append($", {remaining:h\\:mm\\:ss} left");
        text.Append($", {Lag:N0} waiting, {Durable:N0} durable");
        if (Dead > 0)
            text.Append($", {Dead:N0} dead");
        return text.ToString();
    }
}
