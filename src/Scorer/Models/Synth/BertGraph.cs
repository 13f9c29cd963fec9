using System.Globalization;
using Rerank.Scorer.Models.Onnx;
using static Rerank.Scorer.Models.Onnx.NodeAttribute;

namespace Rerank.Scorer.Models.Synth;

/// <summary>
/// A BERT cross-encoder as usual exports write it, operator by operator: runtimes recognise and fuse those patterns, so that a load test of it
/// tells something about a real model of the same shape.
/// </summary>
internal sealed class BertGraph
{
    private const float LayerNormEpsilon = 1e-12f;

    private readonly GraphBuilder _graph = new("main_graph");
    private readonly SynthShape _shape;
    private readonly SeededWeights _weights;
    private string _batch = "", _sequence = "", _mask = "";

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
        bert.Dimensions(ids);
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

    private void Dimensions(string ids)
    {
        _graph.Scope = "bert";
        var shape = _graph.Op("Shape", ids);
        _batch = _graph.Op("Unsqueeze", _graph.Op("Gather", shape, "zero"), "axis_0");
        _sequence = _graph.Op("Unsqueeze", _graph.Op("Gather", shape, "one"), "axis_0");
    }

    private void Mask(string mask)
    {
        var wide = _graph.Op("Unsqueeze", _graph.Op("Unsqueeze", mask, "axis_1"), "axis_2");
        _mask = _graph.Op("Mul", _graph.Op("Sub", "float_one", _graph.Cast(wide, ElementType.Float)), "lowest");
    }

    private string Embeddings(string ids, string types, int vocabulary, int positions)
    {
        _graph.Scope = "bert/embeddings";
        var positionIds = _graph.Op("Slice", "bert.embeddings.position_ids", "axis_0", _sequence, "axis_1");
        var words = _graph.Op("Gather", Weight("word_embeddings.weight", vocabulary, _shape.Hidden), ids);
        var kinds = _graph.Op("Gather", Weight("token_type_embeddings.weight", 2, _shape.Hidden), types);
        var places = _graph.Op("Gather", Weight("position_embeddings.weight", positions, _shape.Hidden), positionIds);
        return LayerNorm("bert/embeddings/LayerNorm", _graph.Op("Add", _graph.Op("Add", words, kinds), places));
    }

    private string Layer(string scope, string state)
    {
        var attended = LayerNorm(
            $"{scope}/attention/output/LayerNorm",
            _graph.Op("Add", Linear($"{scope}/attention/output/dense", Attention($"{scope}/attention/self", state), _shape.Hidden, _shape.Hidden), state));
        var wide = Gelu($"{scope}/intermediate/intermediate_act_fn", Linear($"{scope}/intermediate/dense", attended, _shape.Hidden, _shape.FeedForward));
        var narrow = Linear($"{scope}/output/dense", wide, _shape.FeedForward, _shape.Hidden);
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
        return _graph.Op("Reshape", joined, _graph.Op("Concat", [_batch, _sequence, "hidden"], Int("axis", 0)));
    }

    private string Heads(string scope, string state, ReadOnlySpan<long> order)
    {
        _graph.Scope = scope;
        var shape = _graph.Op("Concat", [_batch, _sequence, "heads", "head_size"], Int("axis", 0));
        return _graph.Op("Transpose", [_graph.Op("Reshape", state, shape)], Ints("perm", order));
    }

    private string Linear(string scope, string input, int from, int to)
    {
        _graph.Scope = scope;
        var product = _graph.Op("MatMul", input, Weight("weight", from, to));
        return _graph.Op("Add", Weight("bias", to), product);
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
        return _graph.Op("Add", _graph.Op("Mul", scaled, Centered("weight", 1, _shape.Hidden)), Weight("bias", _shape.Hidden));
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
        return _graph.Op("Gemm", [input, Weight("weight", to, from), Weight("bias", to)], Int("transB", 1));
    }

    private string Weight(string name, params ReadOnlySpan<long> dimensions) => Centered(name, 0, dimensions);

    private string Centered(string name, float center, params ReadOnlySpan<long> dimensions)
    {
        var count = 1L;
        foreach (var dimension in dimensions)
            count *= dimension;
        var path = _graph.Scope.Replace('/', '.');
        return _graph.Streaming($"{path}.{name}", stream => _weights.Write(stream, count, center), dimensions);
    }
}
