using Google.Protobuf;

namespace Rerank.Scorer.Models.Rewriting;

/// <summary>Writes a changed graph as a model folder of its own, with the tokenizer and configuration of the model that it comes from.</summary>
internal static class RewrittenFolder
{
    private static readonly string[] Copied =
    [
        ModelFiles.Config, ModelFiles.Tokenizer, ModelFiles.Vocabulary, "tokenizer_config.json", "special_tokens_map.json",
        "sentencepiece.bpe.model",
    ];

    /// <param name="source">The model that the graph was read from.</param>
    /// <param name="graph">The graph.</param>
    /// <param name="outputFolder">Folder to make.</param>
    /// <param name="done">What was changed, in words.</param>
    /// <param name="check">Looks at the new model before it appears; throws to refuse it.</param>
    internal static RewriteReport Write(ModelFolder source, ModelGraph graph, string outputFolder, string done, Action<ModelFolder> check)
    {
        var folder = OutputFolder.Create(outputFolder, into =>
        {
            Fill(into, source, graph);
            new MadeFrom(source.Identity, source.Hash, source.TokenizerFolder).Write(into);
            check(ModelFolder.Open(into));
        });
        var made = ModelFolder.Open(folder);
        return new RewriteReport(folder, made.Precision, Bytes(source), Bytes(made), done);
    }

    private static void Fill(string folder, ModelFolder source, ModelGraph graph)
    {
        using (var file = File.Create(Path.Combine(folder, ModelFiles.Model)))
        {
            graph.Model.WriteTo(file);
            file.Flush(flushToDisk: true);
        }

        foreach (var name in Copied.Where(name => File.Exists(Path.Combine(source.TokenizerFolder, name))))
            File.WriteAllBytes(Path.Combine(folder, name), File.ReadAllBytes(Path.Combine(source.TokenizerFolder, name)));
    }

    private static long Bytes(ModelFolder model)
    {
        var outline = Onnx.OnnxFile.ReadOutline(model.OnnxPath);
        return new[] { model.OnnxPath }.Concat(ExternalData.Files(outline.Graph, model.OnnxPath)).Sum(file => new FileInfo(file).Length);
    }
}
