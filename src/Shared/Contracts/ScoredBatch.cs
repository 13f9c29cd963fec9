namespace Rerank.Shared.Contracts;

/// <summary>
/// Rows of one job from one or more forward passes, with a timing record a pass: one message on the SCORES stream,
/// at most <see cref="ScoredBatchCodec.MaxBytes"/>.
/// </summary>
/// <param name="Job">The job; a pass may mix jobs, a batch does not.</param>
/// <param name="Epoch">See <see cref="PairIdentity.Epoch"/>.</param>
/// <param name="Model">Full identity, <c>id@revision/precision/hash</c>.</param>
/// <param name="Scorer">Name of the Scorer process.</param>
/// <param name="Rows">At least one.</param>
/// <param name="Passes">At least one; every pass is reported in exactly one batch a job.</param>
public sealed record ScoredBatch(
    string Job,
    long Epoch,
    string Model,
    string Scorer,
    IReadOnlyList<ScoredRow> Rows,
    IReadOnlyList<PassTiming> Passes);
