using System.Runtime.InteropServices;

namespace Rerank.Scorer.Tokenization.Unigram;

/// <summary>SentencePiece's unigram tokenizer as Hugging Face has it: of all ways to cut a word into pieces, the most probable. Thread-safe.</summary>
/// <remarks>
/// Not the library's SentencePieceTokenizer: it reads SentencePiece's own model file only, and normalizes as SentencePiece does, which is
/// not what Hugging Face does.
/// </remarks>
internal sealed class UnigramModel : ISubwordModel
{
    private const double UnknownPenalty = 10;

    private readonly INormalizerStep[] _normalizer;
    private readonly Metaspace _metaspace;
    private readonly PieceTrie _pieces;
    private readonly double[] _scores;
    private readonly int _unknownId;
    private readonly double _unknownScore;

    /// <param name="normalizer">Its steps in order.</param>
    /// <param name="metaspace">How words are made.</param>
    /// <param name="pieces">The vocabulary.</param>
    /// <param name="scores">Logarithms of probabilities, by id.</param>
    /// <param name="unknownId">Stands for what is in no piece.</param>
    internal UnigramModel(INormalizerStep[] normalizer, Metaspace metaspace, PieceTrie pieces, double[] scores, int unknownId)
    {
        _normalizer = normalizer;
        _metaspace = metaspace;
        _pieces = pieces;
        _scores = scores;
        _unknownId = unknownId;
        _unknownScore = scores.Min() - UnknownPenalty;
    }

    public ReadOnlySpan<char> Normalize(ReadOnlySpan<char> text, TokenizingBuffers buffers)
    {
        var (output, other) = (buffers.First, buffers.Second);
        var normalized = WellFormed(text, output);
        foreach (var step in _normalizer)
        {
            (output, other) = (other, output);
            output.Clear();
            step.Apply(normalized, output);
            normalized = output.Text;
        }

        return normalized;
    }

    public bool TryAddIds(ReadOnlySpan<char> normalized, int limit, TokenizingBuffers buffers)
    {
        if (!_metaspace.SplitsAtWhiteSpace)
            return TryAddMarked(normalized, limit, buffers);

        for (var text = normalized.TrimStart(); text.Length > 0; text = text.TrimStart())
        {
            var length = 1;
            while (length < text.Length && !char.IsWhiteSpace(text[length]))
                length++;
            if (!TryAddMarked(text[..length], limit, buffers))
                return false;
            text = text[length..];
        }

        return true;
    }

    /// <summary>Half of a surrogate pair counts as U+FFFD.</summary>
    private static ReadOnlySpan<char> WellFormed(ReadOnlySpan<char> text, TextBuffer output)
    {
        if (!text.ContainsAnyInRange('\uD800', '\uDFFF'))
            return text;
        output.Clear();
        foreach (var rune in text.EnumerateRunes())
            output.Append(rune);
        return output.Text;
    }

    private bool TryAddMarked(ReadOnlySpan<char> text, int limit, TokenizingBuffers buffers)
    {
        var word = buffers.Word;
        word.Clear();
        if (_metaspace.MarksBeginning && text[0] is not (' ' or Metaspace.Mark))
            word.Append(Metaspace.Mark);
        word.Append(text);
        word.Replace(' ', Metaspace.Mark);
        for (var rest = word.Text; rest.Length > 0;)
        {
            var length = rest[1..].IndexOf(Metaspace.Mark) is var next and >= 0 ? next + 1 : rest.Length;
            AddPieces(rest[..length], buffers);
            if (buffers.Ids.Count >= limit)
                return false;
            rest = rest[length..];
        }

        return true;
    }

    private void AddPieces(ReadOnlySpan<char> word, TokenizingBuffers buffers)
    {
        var path = buffers.Path;
        path.Begin(word.Length);
        for (int start = 0, width; start < word.Length; start += width)
        {
            width = char.IsHighSurrogate(word[start]) ? 2 : 1;
            OfferPieces(word, start, width, path);
        }

        var ids = buffers.Ids;
        var first = ids.Count;
        for (var end = word.Length; end > 0;)
        {
            var (start, id) = path.Last(end);
            if (id == _unknownId)
            {
                // What is unknown in a row is one token, and that of a piece should it be one.
                while (start > 0 && path.Last(start) is var before && before.Id == _unknownId)
                    start = before.Start;
                id = _pieces.Find(word[start..end]) ?? _unknownId;
            }

            ids.Add(id);
            end = start;
        }

        CollectionsMarshal.AsSpan(ids)[first..].Reverse();
    }

    private void OfferPieces(ReadOnlySpan<char> word, int start, int width, BestPath path)
    {
        var score = path.ScoreTo(start);
        var isKnown = false;
        var node = PieceTrie.Root;
        for (var end = start + 1; end <= word.Length && (node = _pieces.Child(node, word[end - 1])) >= 0; end++)
        {
            if (_pieces.IdAt(node) is not (>= 0 and var id))
                continue;
            path.Offer(start, end, id, _scores[id] + score);
            isKnown |= end == start + width;
        }

        if (!isKnown)
            path.Offer(start, start + width, _unknownId, _unknownScore + score);
    }
}
