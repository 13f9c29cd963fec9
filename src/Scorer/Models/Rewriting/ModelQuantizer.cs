using Rerank.Scorer.Models.Onnx;

namespace Rerank.Scorer.Models.Rewriting;

/// <summary>Makes a model with smaller weights, whose scores still do not depend on what else is in a pass.</summary>
public static class ModelQuantizer
{
    private const string FullPrecision = "fp32";
    private const string MetadataKey = "rerank.quantize";
    private const int SevenBits = 63;

    /// <summary>What a model can be made into.</summary>
    public static IReadOnlyList<string> Precisions { get; } = ["fp16", "int8", "int4"];

    /// <summary>Writes the model in another precision into a new folder.</summary>
    /// <exception cref="ModelException">It is quantized already, its graph is of no known kind, or the folder is there already.</exception>
    public static RewriteReport Write(QuantizeRequest request)
    {
        var source = ModelFolder.Open(request.Model);
        if (source.Precision != FullPrecision)
        {
            throw new ModelException(
                $"{source.OnnxPath} is {source.Precision} already. Quantize the {FullPrecision} model that it was made from.");
        }

        var graph = ModelGraph.Load(source.OnnxPath);
        var done = request.Precision switch
        {
            "fp16" => ToHalf(graph),
            "int8" => ToInt8(graph, source, request),
            "int4" => ToInt4(graph),
            _ => throw new ModelException($"The precision '{request.Precision}' is none of {string.Join(", ", Precisions)}."),
        };
        graph.Note(MetadataKey, done);
        return RewrittenFolder.Write(source, graph, request.OutputFolder, done, made => Check(made, request.Precision));
    }

    private static string ToHalf(ModelGraph graph)
    {
        new HalfWeights(graph).Apply();
        return "fp16: weights stored in float16, computed in float";
    }

    private static string ToInt8(ModelGraph graph, ModelFolder source, QuantizeRequest request)
    {
        var largest = request.ReduceRange ? SevenBits : sbyte.MaxValue;
        var weights = Known(graph);
        var bits = request.ReduceRange ? "weights in 7 bits" : "weights in 8 bits";
        if (request.PerRow)
        {
            new PerRowInt8(graph, largest).Apply(weights);
            return $"int8: {bits} a column, activations by row";
        }

        var pairs = CalibrationPairs.Read(request.CalibrationFile, source);
        var inputs = weights.Select(weight => weight.Input).Distinct(StringComparer.Ordinal).ToArray();
        new StaticInt8(graph, Calibration.Run(graph, inputs, pairs), largest).Apply(weights);
        return $"int8: {bits} a column, activations in fixed steps calibrated on {pairs.Length} pairs";
    }

    private static string ToInt4(ModelGraph graph)
    {
        new Int4Blocks(graph).Apply(Known(graph));
        return "int4: weights in 4 bits, blocks of 32";
    }

    /// <exception cref="ModelException">Most of the weights are in operators that are not known.</exception>
    private static EncoderWeight[] Known(ModelGraph graph)
    {
        var weights = EncoderWeights.Of(graph);
        var left = graph.Graph.Initializer
            .Where(tensor => tensor is { DataType: (int)ElementType.Float, Dims.Count: 2 })
            .Except(weights.Select(weight => weight.Weight))
            .SelectMany(tensor => graph.Graph.Node.Where(node => node.Input.Contains(tensor.Name)).Select(node => (tensor, node)))
            .Where(use => use.node.OpType != "Gather")
            .OrderByDescending(use => TensorValues.Count(use.tensor))
            .FirstOrDefault();
        if (left.tensor is not null && TensorValues.Count(left.tensor) > weights.Sum(weight => TensorValues.Count(weight.Weight)) / 2)
            throw UnknownGraph.At(left.node, "weights should be multiplied by MatMul with the states of all rows");
        if (weights.Length == 0)
            throw UnknownGraph.At(graph.Graph.Node[^1], "there is no MatMul of the states of all rows with a weight matrix before it");
        return weights;
    }

    private static void Check(ModelFolder made, string precision)
    {
        if (made.Precision != precision)
            throw new ModelException($"The model would be {made.Precision}, not {precision}: too few of its weights could be changed.");
        if (ProbeScores.Of(made).Any(score => !float.IsFinite(score)))
            throw new ModelException($"The {precision} model gives scores that are not finite; it was not kept.");
    }
}
