using System.Text.Json.Nodes;
using Rerank.Scorer.Models.Onnx;

namespace Rerank.Scorer.Models.Synth;

/// <summary>Cross-encoders of a shape with seeded random weights, for load tests: they cost what real ones do, but do not rank.</summary>
public static class SynthModel
{
    /// <summary>BERT's own; a tokenizer with more pieces gets a larger one.</summary>
    public const int DefaultVocabulary = 30_522;

    public const int Positions = 512;

    /// <summary>
    /// Writes the model, its <c>config.json</c> and the tokenizer of <paramref name="tokenizerFolder"/> (null: a vocabulary made by rule)
    /// into a new folder, which appears whole or not at all. The same arguments give the same bytes on every machine.
    /// </summary>
    /// <exception cref="ModelException">The output is there already or cannot be written, or the tokenizer cannot be read.</exception>
    public static SynthReport Write(SynthShape shape, long seed, string? tokenizerFolder, string outputFolder) =>
        Write(shape, seed, tokenizerFolder, outputFolder, signalFile: null);

    /// <summary>
    /// The same, with scores that spread over the pairs of <paramref name="signalFile"/> (JSON lines) as a real model's do: the classifier
    /// points where the pooled output differs most, scaled to a standard deviation of 4. The last bits then depend on the processor.
    /// </summary>
    /// <exception cref="ModelException">The output is there already or cannot be written, or a file cannot be read.</exception>
    public static SynthReport Write(SynthShape shape, long seed, string? tokenizerFolder, string outputFolder, string? signalFile)
    {
        var tokenizer = tokenizerFolder is null ? SynthTokenizer.Made() : SynthTokenizer.Of(tokenizerFolder);
        var vocabulary = Math.Max(DefaultVocabulary, tokenizer.Pieces);
        var folder = OutputFolder.Create(outputFolder, into =>
        {
            Fill(into, shape, seed, vocabulary, tokenizer);
            if (signalFile is not null)
                SignalHead.Aim(into, signalFile);
        });
        return new SynthReport(folder, vocabulary, new FileInfo(Path.Combine(folder, ModelFiles.Model)).Length, tokenizer.Source);
    }

    private static void Fill(string folder, SynthShape shape, long seed, int vocabulary, SynthTokenizer tokenizer)
    {
        var graph = BertGraph.Build(shape, vocabulary, Positions, new SeededWeights(seed));
        using (var file = File.Create(Path.Combine(folder, ModelFiles.Model)))
        {
            OnnxFile.Write(file, graph.Build(), graph.Streamed);
            file.Flush(flushToDisk: true);
        }

        tokenizer.CopyTo(folder);
        File.WriteAllText(Path.Combine(folder, ModelFiles.Config), Config(shape, seed, vocabulary).ToJsonString() + "\n");
    }

    private static JsonObject Config(SynthShape shape, long seed, int vocabulary) => new()
    {
        ["architectures"] = new JsonArray("BertForSequenceClassification"),
        ["model_type"] = "bert",
        ["num_labels"] = 1,
        ["id2label"] = new JsonObject { ["0"] = "LABEL_0" },
        ["hidden_act"] = "gelu",
        ["hidden_size"] = shape.Hidden,
        ["intermediate_size"] = shape.FeedForward,
        ["max_position_embeddings"] = Positions,
        ["num_attention_heads"] = shape.Heads,
        ["num_hidden_layers"] = shape.Layers,
        ["type_vocab_size"] = 2,
        ["vocab_size"] = vocabulary,
        ["rerank_synth_seed"] = seed,
    };
}
