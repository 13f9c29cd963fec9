namespace Rerank.Shared.Contracts;

/// <summary>A live Scorer: KV <c>scorer.&lt;name&gt;</c> in the live bucket, renewed while the process runs.</summary>
/// <param name="Scorer">Name of the process.</param>
/// <param name="Model">Full identity of the model that it serves.</param>
/// <param name="Backend">Such as <c>cpu</c>.</param>
/// <param name="Lanes">Forward passes side by side.</param>
/// <param name="PairsScored">Since its start.</param>
/// <param name="TokensScored">Since its start, without padding.</param>
/// <param name="Pace">Of the last seconds.</param>
/// <param name="Passes">Forward passes since its start.</param>
public sealed record ScorerHeartbeat(
    string Scorer, string Model, string Backend, int Lanes, long PairsScored, long TokensScored, ScorerPace? Pace = null, long Passes = 0);
