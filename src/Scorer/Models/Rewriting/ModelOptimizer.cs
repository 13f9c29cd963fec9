namespace Rerank.Scorer.Models.Rewriting;

/// <summary>Makes a model that scores the same with less work.</summary>
public static class ModelOptimizer
{
    /// <summary>Largest difference of a score from the plain model's, for logits of up to about 1; in proportion for larger ones.</summary>
    internal const double Tolerance = 1e-4;

    private const string MetadataKey = "rerank.optimize";
    private const string Done = "last layer for the [CLS] row only";

    /// <summary>Writes the model with its last layer computed for the row of [CLS] only into a new folder.</summary>
    /// <exception cref="ModelException">The graph is of no known kind, the scores would change, or the folder is there already.</exception>
    public static RewriteReport Write(string model, string outputFolder)
    {
        var source = ModelFolder.Open(model);
        var graph = ModelGraph.Load(source.OnnxPath);
        if (graph.Model.MetadataProps.Any(entry => entry.Key == MetadataKey))
            throw new ModelException($"{source.OnnxPath} is optimized already ({Done}).");
        FirstRowRewrite.Apply(graph);
        graph.Note(MetadataKey, Done);
        return RewrittenFolder.Write(source, graph, outputFolder, Done, made => CheckScores(source, made));
    }

    private static void CheckScores(ModelFolder source, ModelFolder made)
    {
        var worst = ProbeScores.Of(source).Zip(ProbeScores.Of(made), (before, after) => Math.Abs(before - after) / Math.Max(1, Math.Abs(before)))
            .Max();
        if (!(worst <= Tolerance))
            throw new ModelException($"The optimized graph of {source.OnnxPath} scores differently, by {worst:G3}; it was not kept. Use the plain one.");
    }
}
