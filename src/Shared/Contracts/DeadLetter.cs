using System.Security.Cryptography;

namespace Rerank.Shared.Contracts;

/// <summary>What could not be processed, and why: one message on the DEAD stream.</summary>
/// <param name="Kind">A letter, or the word that its ordinal was published again.</param>
/// <param name="Job">The job.</param>
/// <param name="Epoch">See <see cref="PairIdentity.Epoch"/>.</param>
/// <param name="Ordinal">Null where the message had none, so that it is not part of any total.</param>
/// <param name="Reason">A code of <see cref="DeadReason"/>.</param>
/// <param name="Detail">One sentence for a person.</param>
/// <param name="Stage">ingest | scorer.</param>
/// <param name="Place">Where it came from: <c>pairs.jsonl:17</c>, or the stream and sequence.</param>
/// <param name="Original">At most <see cref="MaxOriginalBytes"/> of the record.</param>
/// <param name="Length">Bytes of the whole record.</param>
/// <param name="Sha256">Of the whole record, lower-case hex.</param>
public sealed record DeadLetter(
    DeadLetterKind Kind,
    string Job,
    long Epoch,
    long? Ordinal,
    string Reason,
    string Detail,
    string Stage,
    string Place,
    byte[] Original,
    long Length,
    string Sha256)
{
    public const int MaxOriginalBytes = 64 * 1024;

    public static DeadLetter For(
        string job, PairIdentity? identity, string reason, string detail, string stage, string place, ReadOnlySpan<byte> original) =>
        new(
            DeadLetterKind.Letter,
            job,
            identity?.Epoch ?? 0,
            identity?.Ordinal,
            reason,
            detail,
            stage,
            place,
            original[..Math.Min(original.Length, MaxOriginalBytes)].ToArray(),
            original.Length,
            Convert.ToHexStringLower(SHA256.HashData(original)));
}
