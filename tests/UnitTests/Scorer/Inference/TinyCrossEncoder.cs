using Rerank.Scorer.Models;
using Rerank.Scorer.Models.Synth;
using Rerank.Scorer.Tokenization;
using Rerank.TestKit;

namespace Rerank.UnitTests.Scorer.Inference;

/// <summary>A seeded BERT of two small layers in a folder of its own, with pairs of mixed lengths for it.</summary>
internal sealed class TinyCrossEncoder : IDisposable
{
    private readonly TemporaryFolder _folder = TemporaryFolder.Create();

    internal TinyCrossEncoder()
    {
        SynthModel.Write(SynthShape.Parse("2x32x2x64"), seed: 1, tokenizerFolder: null, _folder.File("tiny"));
        Tokenizer = PairTokenizer.Load(_folder.File("tiny"));
    }

    internal PairTokenizer Tokenizer { get; }

    internal string OnnxPath => Path.Combine(_folder.File("tiny"), "model.onnx");

    internal string Cache => _folder.File("cache");

    internal ModelFolder Open() => ModelFolder.Open(_folder.File("tiny"));

    /// <summary>Pairs of 5 to about <paramref name="longest"/> tokens.</summary>
    internal TokenizedPair[] Pairs(int count, int longest) =>
    [
        .. Enumerable.Range(0, count).Select(i => Tokenizer.Encode(
            "a b",
            string.Join(' ', Enumerable.Range(0, 1 + i * (longest - 6) / Math.Max(1, count - 1)).Select(word => (char)('a' + (word + i) % 26))),
            longest)),
    ];

    public void Dispose() => _folder.Dispose();
}
