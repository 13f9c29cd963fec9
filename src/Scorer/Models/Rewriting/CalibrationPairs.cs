using System.Text;
using Rerank.Scorer.Tokenization;
using Rerank.Shared.Contracts;

namespace Rerank.Scorer.Models.Rewriting;

/// <summary>Pairs to calibrate with, from a file of JSON lines as <c>run</c> takes it.</summary>
internal static class CalibrationPairs
{
    private const int Most = 100;
    private const int LongestModel = 512;

    /// <exception cref="ModelException">There is no such file (wrong usage), or it cannot be read or holds no pair (failed).</exception>
    internal static TokenizedPair[] Read(string path, ModelFolder model)
    {
        if (!File.Exists(path))
            throw new ModelException($"There is no file '{path}' of pairs to calibrate with.");
        try
        {
            var pairs = File.ReadLines(path)
                .Select(line => PairCodec.Decode(Encoding.UTF8.GetBytes(line)).Pair)
                .OfType<Pair>()
                .ToArray();
            if (pairs.Length == 0)
                throw ModelException.WorkFailed($"{path} holds no pair to calibrate with: lines of JSON with id, query and document.");
            var tokenizer = PairTokenizer.Load(model.TokenizerFolder);
            // Spread over the file, which may be in the order of its queries.
            var used = Math.Min(Most, pairs.Length);
            return
            [
                .. Enumerable.Range(0, used)
                    .Select(i => pairs[(int)((long)i * pairs.Length / used)])
                    .Select(pair => tokenizer.Encode(pair.Query, pair.Document, model.MaxPositions ?? LongestModel)),
            ];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw ModelException.WorkFailed($"The pairs to calibrate with cannot be read: {exception.Message}", exception);
        }
        catch (TokenizerException exception)
        {
            throw new ModelException($"The pairs to calibrate with cannot be tokenized: {exception.Message}", exception);
        }
    }
}
