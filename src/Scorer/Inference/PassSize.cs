namespace Rerank.Scorer.Inference;

/// <summary>How pairs are put into passes where there is no queue.</summary>
public enum PassSize
{
    /// <summary>Each alone, so that no score can depend on what is beside it.</summary>
    Alone,

    /// <summary>As the planner cuts them for a CPU: about 512 tokens a pass.</summary>
    Usual,

    /// <summary>As the planner cuts them for a device that wants large passes: up to 32 rows.</summary>
    Large,
}
