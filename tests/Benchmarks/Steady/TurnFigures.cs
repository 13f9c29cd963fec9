namespace Rerank.Benchmarks.Steady;

/// <summary>What a system did in its turns.</summary>
/// <param name="Taker">Which.</param>
/// <param name="Turns">In order; each has its place in a round.</param>
internal sealed record TurnFigures(ITurnTaker Taker, IReadOnlyList<TurnFigures.OfOne> Turns)
{
    /// <summary>Of a turn: what was done in the part of it that counts.</summary>
    internal readonly record struct OfOne(double Seconds, double CpuSeconds, double Pairs, double Tokens)
    {
        internal double PairsPerSecond => Pairs / Seconds;

        internal double TokensPerSecond => Tokens / Seconds;

        internal double CpuUsAToken => CpuSeconds * 1e6 / Tokens;
    }

    /// <summary>A pass counts for as much of it as ran in the measured part; the time for which it was stopped is no part of it.</summary>
    internal static TurnFigures Of(ITurnTaker taker, IReadOnlyList<Turn> turns, IReadOnlyList<ScoredPass> passes)
    {
        var pairs = new double[turns.Count];
        var tokens = new double[turns.Count];
        foreach (var pass in passes)
        {
            var whole = new Stretch(pass.From, pass.Until);
            var touched = Enumerable.Range(0, turns.Count).Where(turn => whole.Shared(turns[turn].Running) > 0).ToArray();
            var ran = touched.Sum(turn => whole.Shared(turns[turn].Running));
            foreach (var turn in touched)
            {
                var part = whole.Shared(turns[turn].Measured) / ran;
                pairs[turn] += part * pass.Pairs;
                tokens[turn] += part * pass.Tokens;
            }
        }

        return new TurnFigures(
            taker, [.. turns.Select((turn, i) => new OfOne(turn.Measured.Seconds, turn.CpuSeconds, pairs[i], tokens[i]))]);
    }
}
