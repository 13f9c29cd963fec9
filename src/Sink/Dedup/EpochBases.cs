using Rerank.Shared.Contracts;

namespace Rerank.Sink.Dedup;

/// <summary>
/// Turns identities into the ordinals of the dataset. Stream sequences start again when a stream is made again: each epoch's ordinals are
/// put behind all that were there before.
/// </summary>
internal sealed class EpochBases
{
    private readonly List<EpochBase> _bases = [];

    /// <summary>In the order in which they were seen.</summary>
    public IReadOnlyList<EpochBase> All => _bases;

    /// <summary>Restores known epochs; those that are there already stay.</summary>
    public void Restore(IEnumerable<EpochBase> bases)
    {
        foreach (var known in bases)
        {
            if (!_bases.Exists(existing => existing.Epoch == known.Epoch))
                _bases.Add(known);
        }

        _bases.Sort((a, b) => a.Base.CompareTo(b.Base));
    }

    /// <summary>The dataset's ordinal of a pair.</summary>
    /// <param name="identity">The pair.</param>
    /// <param name="highest">Highest ordinal of the dataset so far, −1 if there is none; where a new epoch begins.</param>
    /// <exception cref="FormatException">No ordinal, or one that would take the place of another epoch's.</exception>
    public long OrdinalOf(PairIdentity identity, long highest)
    {
        if (identity.Ordinal < 0)
            throw new FormatException($"The ordinal {identity.Ordinal} is negative.");

        var index = _bases.FindIndex(known => known.Epoch == identity.Epoch);
        if (index < 0)
        {
            index = _bases.Count;
            _bases.Add(new EpochBase(identity.Epoch, _bases.Count == 0 ? 0 : highest + 1));
        }

        var ordinal = checked(_bases[index].Base + identity.Ordinal);
        if (index + 1 < _bases.Count && ordinal >= _bases[index + 1].Base)
        {
            throw new FormatException(
                $"The ordinal {identity.Ordinal} of epoch {identity.Epoch} came after the epoch {_bases[index + 1].Epoch} had begun.");
        }

        return ordinal;
    }
}
