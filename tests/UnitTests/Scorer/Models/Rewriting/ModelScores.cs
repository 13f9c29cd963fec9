using Rerank.Scorer.Inference;
using Rerank.Scorer.Models;
using Rerank.Scorer.Models.Rewriting;
using Rerank.Scorer.Tokenization;
using Rerank.TestKit;

namespace Rerank.UnitTests.Scorer.Models.Rewriting;

/// <summary>Scores of a model folder, as the Scorer computes them.</summary>
internal sealed class ModelScores(string folder) : IDisposable
{
    private readonly CrossEncoder _encoder = CrossEncoder.LoadForCpu(ModelFolder.Open(folder), padTokenId: 0);
    private readonly PassBuffers _buffers = new();

    internal static string Samples { get; } = Path.Combine(Repository.Root, "samples", "pairs.jsonl");

    internal static TokenizedPair[] SamplePairs(string folder) => CalibrationPairs.Read(Samples, ModelFolder.Open(folder));

    /// <summary>In one pass, padded to the longest.</summary>
    internal float[] Of(params TokenizedPair[] pairs) =>
        _encoder.Run(pairs, pairs.Max(pair => pair.InputIds.Length), _buffers).ToArray();

    internal float[] OfEachAlone(IEnumerable<TokenizedPair> pairs) => [.. pairs.Select(pair => Of(pair)[0])];

    public void Dispose() => _encoder.Dispose();
}
