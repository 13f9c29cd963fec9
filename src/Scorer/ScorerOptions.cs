using Rerank.Scorer.Gate;
using Rerank.Shared.Hosting;

namespace Rerank.Scorer;

/// <summary>What this Scorer runs, and how (section <c>Scorer</c>).</summary>
public sealed class ScorerOptions
{
    public const string Section = "Scorer";

    /// <summary><c>builtin:lexical</c>, or a model folder. Default <c>builtin:lexical</c>.</summary>
    public string Model { get; set; } = "builtin:lexical";

    /// <summary>What runs the model: <c>cpu</c>, or <c>auto</c> for the best that works here. Default <c>auto</c>.</summary>
    public string Backend { get; set; } = Inference.Backends.Auto;

    /// <summary>Forward passes side by side; 0 for one a core. Default 0.</summary>
    [Limits(0, 1024)]
    public int Lanes { get; set; }

    /// <summary>
    /// Padded tokens a forward pass holds at most, unless one pair alone is longer. A fixed budget: passes do not size themselves yet.
    /// Default 512: on CPUs throughput is flat from about 256 to 1,024 tokens and falls above.
    /// </summary>
    [Limits(1, 1 << 20)]
    public int TokenBudget { get; set; } = 512;

    /// <summary>Pairs that wait here, tokenized, to be planned together. Default 256.</summary>
    [Limits(1, 1 << 16)]
    public int WindowPairs { get; set; } = 256;

    /// <summary>
    /// Whether the model, as it runs here, is compared at start with plain fp32 on the CPU over a few sample pairs, and what follows.
    /// Default <c>Warn</c>.
    /// </summary>
    public GateMode Gate { get; set; } = GateMode.Warn;
}
