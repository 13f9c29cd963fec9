using Rerank.Shared.Contracts;

namespace Rerank.Cli.DeadLetters;

/// <summary>A letter that still counts: its ordinal has not been published again since.</summary>
/// <param name="Sequence">Its sequence in the DEAD stream: names it, also where there is no ordinal.</param>
/// <param name="Letter">The letter.</param>
internal sealed record StoredLetter(ulong Sequence, DeadLetter Letter)
{
    /// <summary>The whole record is in the letter, and it is part of the job.</summary>
    internal bool CanRetry => Letter.Ordinal is not null && Letter.Original.Length == Letter.Length && Letter.Length > 0;
}
