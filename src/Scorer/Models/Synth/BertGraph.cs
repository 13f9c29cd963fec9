using System.Globalization;
using Rerank.Scorer.Models.Onnx;
using static Rerank.Scorer.Models.Onnx.NodeAttribute;

namespace Rerank.Scorer.Models.Synth;

/// <summary>
/// A BERT cross-encoder as usual exports write it, operator by operator: runtimes recognise and fuse those patterns, so that a load test
/// of it tells something about a real model of the same shape.
/// </summary>
internal sealed class BertGraph
{
    private const float LayerNormEpsilon = 1e-12f;
    private const double InitializerRange = 0.02;

    private readonly GraphBuilder _graph = new("main_graph");
    private readonly SynthShape _shape;
    private readonly SeededWeights _weights;
    private string _mask = "";

    private BertGraph(SynthShape shape, SeededWeights weights)
    {
        _shape = shape;
        _weights = weights;
    }

    internal static GraphBuilder Build(SynthShape shape, int vocabulary, int positions, SeededWeights weights)
    {
        var bert = new BertGraph(shape, weights);
        var graph = bert._graph;
        var ids = graph.Input("input_ids", ElementType.Int64, "batch_size", "sequence_length");
        var mask = graph.Input("attention_mask", ElementType.Int64, "batch_size", "sequence_length");
        var types = graph.Input("token_type_ids", ElementType.Int64, "batch_size", "sequence_length");
        bert.Constants(positions);
        bert.Mask(mask);
        var state = bert.Embeddings(ids, types, vocabulary, positions);
        for (var layer = 0; layer < shape.Layers; layer++)
            state = bert.Layer($"bert/encoder/layer.{layer.ToString(CultureInfo.InvariantCulture)}", state);
        graph.Output("logits", bert.Classifier(state), ElementType.Float, "batch_size", "1");
        return graph;
    }

    private void Constants(int positions)
    {
        _graph.Int("zero", 0);
        _graph.Int("one", 1);
        _graph.Vector("axis_0", 0);
        _graph.Vector("axis_1", 1);
        _graph.Vector("axis_2", 2);
        _graph.Vector("heads", _shape.Heads);
        _graph.Vector("head_size", _shape.Hidden / _shape.Heads);
        _graph.Vector("hidden", _shape.Hidden);
        _graph.Ints("bert.embeddings.position_ids", [.. Enumerable.Range(0, positions).Select(position => (long)position)], 1, positions);
        _graph.Float("float_one", 1);
        _graph.Float("lowest", float.MinValue);
        _graph.Float("half", 0.5f);
        _graph.Float("two", 2);
        _graph.Float("sqrt_two", float.Sqrt(2));
        _graph.Float("sqrt_head_size", float.Sqrt(_shape.Hidden / _shape.Heads));
        _graph.Float("epsilon", LayerNormEpsilon);
    }

    private void Mask(string mask)
    {
        _graph.Scope = "bert";
        var wide = _graph.Op("Unsqueeze", _graph.Op("Unsqueeze", mask, "axis_1"), "axis_2");
        _mask = _graph.Op("Mul", _graph.Op("Sub", "float_one", _graph.Cast(wide, ElementType.Float)), "lowest");
    }

    private string Embeddings(string ids, string types, int vocabulary, int positions)
    {
        _graph.Scope = "bert/embeddings";
        var positionIds = _graph.Op("Slice", "bert.embeddings.position_ids", "axis_0", Dimension(ids, "one"), "axis_1");
        var words = _graph.Op("Gather", Small("word_embeddings.weight", vocabulary, _shape.Hidden), ids);
        var kinds = _graph.Op("Gather", Small("token_type_embeddings.weight", 2, _shape.Hidden), types);
        var places = _graph.Op("Gather", Small("position_embeddings.weight", positions, _shape.Hidden), positionIds);
        return LayerNorm("bert/embeddings/LayerNorm", _graph.Op("Add", _graph.Op("Add", words, kinds), places));
    }

    private string Layer(string scope, string state)
    {
        int hidden = _shape.Hidden, feedForward = _shape.FeedForward;
        var context = Linear($"{scope}/attention/output/dense", Attention($"{scope}/attention/self", state), hidden, hidden);
        var attended = LayerNorm($"{scope}/attention/output/LayerNorm", _graph.Op("Add", context, state));
        var wide = Linear($"{scope}/intermediate/dense", attended, hidden, feedForward);
        var narrow = Linear($"{scope}/output/dense", Gelu($"{scope}/intermediate/intermediate_act_fn", wide), feedForward, hidden);
        return LayerNorm($"{scope}/output/LayerNorm", _graph.Op("Add", narrow, attended));
    }

    private string Attention(string scope, string state)
    {
        var query = Heads(scope, Linear($"{scope}/query", state, _shape.Hidden, _shape.Hidden), [0, 2, 1, 3]);
        var key = Heads(scope, Linear($"{scope}/key", state, _shape.Hidden, _shape.Hidden), [0, 2, 3, 1]);
        var value = Heads(scope, Linear($"{scope}/value", state, _shape.Hidden, _shape.Hidden), [0, 2, 1, 3]);
        var scores = _graph.Op("Add", _graph.Op("Div", _graph.Op("MatMul", query, key), "sqrt_head_size"), _mask);
        var context = _graph.Op("MatMul", _graph.Op("Softmax", [scores], Int("axis", -1)), value);
        var joined = _graph.Op("Transpose", [context], Ints("perm", 0, 2, 1, 3));
        return Reshape(joined, "hidden");
    }

    private string Heads(string scope, string state, ReadOnlySpan<long> order)
    {
        _graph.Scope = scope;
        return _graph.Op("Transpose", [Reshape(state, "heads", "head_size")], Ints("perm", order));
    }

    // An export asks each tensor for its own dimensions, and runtimes look for just that.
    private string Reshape(string state, params ReadOnlySpan<string> dimensions)
    {
        string[] shape = [Dimension(state, "zero"), Dimension(state, "one"), .. dimensions];
        return _graph.Op("Reshape", state, _graph.Op("Concat", shape, Int("axis", 0)));
    }

    private string Dimension(string value, string index) =>
        _graph.Op("Unsqueeze", _graph.Op("Gather", _graph.Op("Shape", value), index), "axis_0");

    private string Linear(string scope, string input, int from, int to)
    {
        _graph.Scope = scope;
        var product = _graph.Op("MatMul", input, Matrix(from, from, to));
        return _graph.Op("Add", Small("bias", to), product);
    }

    private string Gelu(string scope, string input)
    {
        _graph.Scope = scope;
        var erf = _graph.Op("Erf", _graph.Op("Div", input, "sqrt_two"));
        return _graph.Op("Mul", _graph.Op("Mul", input, _graph.Op("Add", erf, "float_one")), "half");
    }

    private string LayerNorm(string scope, string input)
    {
        _graph.Scope = scope;
        var centered = _graph.Op("Sub", input, _graph.Op("ReduceMean", [input], Ints("axes", -1)));
        var variance = _graph.Op("ReduceMean", [_graph.Op("Pow", centered, "two")], Ints("axes", -1));
        var scaled = _graph.Op("Div", centered, _graph.Op("Sqrt", _graph.Op("Add", variance, "epsilon")));
        var gain = Weight("weight", 1, InitializerRange, [_shape.Hidden]);
        return _graph.Op("Add", _graph.Op("Mul", scaled, gain), Small("bias", _shape.Hidden));
    }

    private string Classifier(string state)
    {
        _graph.Scope = "bert/pooler";
        var first = _graph.Op("Gather", [state, "zero"], Int("axis", 1));
        var pooled = _graph.Op("Tanh", Gemm("bert/pooler/dense", first, _shape.Hidden, _shape.Hidden));
        return Gemm("classifier", pooled, _shape.Hidden, 1);
    }

    private string Gemm(string scope, string input, int from, int to)
    {
        _graph.Scope = scope;
        return _graph.Op("Gemm", [input, Matrix(from, to, from), Small("bias", to)], Int("transB", 1));
    }

    /// <summary>
    /// Keeps the variance of what goes through it. With BERT's initial 0.02 attention would be uniform and all pairs would score nearly
    /// the same (a spread of 0.0002 on tinybert-l2), so that a mixed-up row could hide within the tolerance of a comparison.
    /// </summary>
    private string Matrix(int fanIn, params ReadOnlySpan<long> dimensions) => Weight("weight", 0, 1 / Math.Sqrt(fanIn), dimensions);

    private string Small(string name, params ReadOnlySpan<long> dimensions) => Weight(name, 0, InitializerRange, dimensions);

    private string Weight(string name, double mean, double standardDeviation, ReadOnlySpan<long> dimensions)
    {
        var count = 1L;
        foreach (var dimension in dimensions)
            count *= dimension;
        var path = _graph.Scope.Replace('/', '.');
        return _graph.Streaming($"{path}.{name}", stream => _weights.Write(stream, count, mean, standardDeviation), dimensions);
    }
}
