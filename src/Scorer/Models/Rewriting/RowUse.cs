namespace Rerank.Scorer.Models.Rewriting;

/// <summary>What of a value is used: nothing known, its first row along one axis, or all of it.</summary>
/// <param name="Axis">Counted from the last, −1; null where all is used.</param>
internal readonly record struct RowUse(int? Axis)
{
    internal static RowUse All { get; } = new(null);

    internal RowUse With(RowUse other) => this == other ? this : All;
}
