using Rerank.Scorer.Models.Rewriting;

namespace Rerank.Benchmarks;

/// <summary>Every variant of one model, the plain one first, made in a folder.</summary>
internal sealed class VariantSet : IDisposable
{
    private readonly List<Variant> _all = [];

    internal VariantSet(string work, string plain, string samples)
    {
        var optimized = Path.Combine(work, "optimized");
        ModelOptimizer.Write(plain, optimized);
        _all.Add(new Variant("fp32", plain));
        _all.Add(new Variant("fp32, optimized", optimized));
        Add("int8 static", plain, "int8");
        Add("int8 static, optimized", optimized, "int8");
        Add("int8 per row", plain, "int8", perRow: true);
        Add("int8 per row, optimized", optimized, "int8", perRow: true);
        Add("int4, optimized", optimized, "int4");
        Add("fp16, optimized", optimized, "fp16");

        void Add(string name, string from, string precision, bool perRow = false)
        {
            var folder = Path.Combine(work, name);
            ModelQuantizer.Write(new QuantizeRequest
            {
                Model = from,
                OutputFolder = folder,
                Precision = precision,
                CalibrationFile = samples,
                PerRow = perRow,
            });
            _all.Add(new Variant(name, folder));
        }
    }

    internal IReadOnlyList<Variant> All => _all;

    public void Dispose() => _all.ForEach(variant => variant.Dispose());
}
