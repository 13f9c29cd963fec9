namespace Rerank.Scorer.Tokenization.Unigram;

/// <summary>For every place of a word the best way that leads there: what the search for the best pieces writes to.</summary>
internal sealed class BestPath
{
    private double[] _scores = new double[64];
    private int[] _starts = new int[64];
    private int[] _ids = new int[64];

    internal void Begin(int length)
    {
        if (_scores.Length <= length)
        {
            var room = Math.Max(length + 1, _scores.Length * 2);
            (_scores, _starts, _ids) = (new double[room], new int[room], new int[room]);
        }

        _scores[0] = 0;
        _scores.AsSpan(1, length).Fill(double.NegativeInfinity);
    }

    internal double ScoreTo(int end) => _scores[end];

    /// <summary>The last piece of the best way to a place.</summary>
    internal (int Start, int Id) Last(int end) => (_starts[end], _ids[end]);

    /// <summary>Takes a piece if it makes the way to its end better; of equal ways the first stays.</summary>
    internal void Offer(int start, int end, int id, double score)
    {
        if (score > _scores[end])
            (_scores[end], _starts[end], _ids[end]) = (score, start, id);
    }
}
