using Rerank.Scorer.Models;
using Rerank.Scorer.Models.Rewriting;
using Rerank.Scorer.Tokenization;

namespace Rerank.Benchmarks.Variants;

/// <summary>Variants of one model, each made in a folder: those of the product, and others that were tried beside them.</summary>
internal sealed class VariantSet : IDisposable
{
    private readonly string _work;
    private readonly string _samples;
    private readonly string[] _wanted;
    private readonly List<Variant> _all = [];

    /// <param name="work">Folder to make them in.</param>
    /// <param name="plain">The fp32 model.</param>
    /// <param name="samples">Pairs to calibrate with.</param>
    /// <param name="wanted">Names; none for all.</param>
    internal VariantSet(string work, string plain, string samples, string[] wanted)
    {
        _work = work;
        _samples = samples;
        _wanted = wanted;
        var optimized = Path.Combine(work, "optimized");
        ModelOptimizer.Write(plain, optimized);
        var merged = Rewrite("merged", optimized, MergedInputs.Apply);

        Add("fp32", () => plain);
        Add("fp32, optimized", () => optimized);
        Add("fp32, optimized, QKV merged", () => merged);
        Add("int8", () => Quantize("int8-plain", plain, "int8"));
        Add("int8, optimized", () => Quantize("int8", optimized, "int8"));
        Add("int8, optimized, QKV merged", () => Quantize("int8-merged", merged, "int8"));
        Add("int8 per row", () => Quantize("row-plain", plain, "int8", perRow: true));
        Add("int8 per row, optimized", () => Quantize("row", optimized, "int8", perRow: true));
        Add("int8 dynamic, optimized", () => Rewrite("dynamic", optimized, graph => new DynamicInt8(graph).Apply()));
        Add("int8 QDQ inputs, optimized", () => Rewrite("qdq", optimized, graph => Qdq(graph, optimized, outputs: false)));
        Add("int8 QDQ inputs and outputs, optimized", () => Rewrite("qdq-outputs", optimized, graph => Qdq(graph, optimized, outputs: true)));
        Add("8 bits, blocks of 32, optimized", () => Rewrite("blocks32", optimized, graph => new Int8Blocks(graph, 32).Apply()));
        Add("8 bits, blocks of 128, optimized", () => Rewrite("blocks128", optimized, graph => new Int8Blocks(graph, 128).Apply()));
        Add("int4, optimized", () => Quantize("int4", optimized, "int4"));
        Add("fp16, optimized", () => Quantize("fp16", optimized, "fp16"));
    }

    internal IReadOnlyList<Variant> All => _all;

    public void Dispose() => _all.ForEach(variant => variant.Dispose());

    private void Add(string name, Func<string> make)
    {
        if (_wanted.Length == 0 || _wanted.Contains(name))
            _all.Add(new Variant(name, make()));
    }

    private string Quantize(string name, string from, string precision, bool perRow = false) => ModelQuantizer.Write(new QuantizeRequest
    {
        Model = from,
        OutputFolder = Path.Combine(_work, name),
        Precision = precision,
        CalibrationFile = _samples,
        PerRow = perRow,
    }).Folder;

    private string Rewrite(string name, string from, Action<ModelGraph> change)
    {
        var source = ModelFolder.Open(from);
        var graph = ModelGraph.Load(source.OnnxPath);
        change(graph);
        return RewrittenFolder.Write(source, graph, Path.Combine(_work, name), name, check: _ => { }).Folder;
    }

    private void Qdq(ModelGraph graph, string folder, bool outputs)
    {
        TokenizedPair[] pairs = CalibrationPairs.Read(_samples, ModelFolder.Open(folder));
        var weights = EncoderWeights.Of(graph);
        var values = weights.Select(weight => weight.Input).Concat(outputs ? weights.Select(weight => weight.Product.Output[0]) : []).Distinct();
        new StaticQdq(graph, Calibration.Run(graph, [.. values], pairs), outputs).Apply();
    }
}
