namespace Rerank.Scorer.Gate;

/// <summary>What a Scorer does about a model that does not score as plain fp32 on the CPU does.</summary>
public enum GateMode
{
    /// <summary>It is not looked at.</summary>
    Off,

    /// <summary>It is said, and the Scorer goes on.</summary>
    Warn,

    /// <summary>The Scorer does not start, nor where nothing can be compared.</summary>
    Refuse,
}
