using System.Text;
using Rerank.Cli.DeadLetters;

namespace Rerank.Cli.Output;

/// <summary>A dead letter as <c>dead</c> shows it.</summary>
/// <param name="Ordinal">Null where the record had none.</param>
/// <param name="Sequence">Names the letter in the DEAD stream.</param>
/// <param name="Reason">A code.</param>
/// <param name="Detail">One sentence.</param>
/// <param name="Stage">ingest | scorer.</param>
/// <param name="Place">Where the record came from.</param>
/// <param name="Length">Bytes of the record.</param>
/// <param name="Sha256">Of the record.</param>
/// <param name="CanRetry">The whole record is kept.</param>
/// <param name="Original">Its text; only where one letter is shown.</param>
internal sealed record DeadLetterView(
    long? Ordinal,
    ulong Sequence,
    string Reason,
    string Detail,
    string Stage,
    string Place,
    long Length,
    string Sha256,
    bool CanRetry,
    string? Original)
{
    internal static DeadLetterView Of(StoredLetter stored, bool withOriginal)
    {
        var letter = stored.Letter;
        return new DeadLetterView(
            letter.Ordinal,
            stored.Sequence,
            letter.Reason,
            letter.Detail,
            letter.Stage,
            letter.Place,
            letter.Length,
            letter.Sha256,
            stored.CanRetry,
            withOriginal ? Encoding.UTF8.GetString(letter.Original) : null);
    }

    internal string ToLine() => $"{Ordinal?.ToString() ?? "-",10}  {Reason,-16}  {Place}  {Detail}";
}
