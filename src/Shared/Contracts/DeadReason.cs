namespace Rerank.Shared.Contracts;

/// <summary>Why a record or a pair could not be scored; the <c>reason</c> of a <see cref="DeadLetter"/>.</summary>
public static class DeadReason
{
    public const string InvalidUtf8 = "invalid_utf8";
    public const string InvalidJson = "invalid_json";
    public const string MissingMember = "missing_member";
    public const string WrongType = "wrong_type";
    public const string TooLong = "too_long";
    public const string NoOrdinal = "no_ordinal";

    /// <summary>Published three times and never seen again: a broker or a disk lost it.</summary>
    public const string Lost = "lost";

    /// <summary>Delivered alone after repeated deliveries, and that delivery ended without a result too.</summary>
    public const string Poison = "poison";

    /// <summary>The tokenizer could not make model input of this pair within the job's maximum length.</summary>
    public const string TokenizationFailed = "tokenization_failed";

    /// <summary>The forward pass of this pair alone failed.</summary>
    public const string InferenceFailed = "inference_failed";

    /// <summary>The model's logit for this pair is NaN or infinite.</summary>
    public const string NotFinite = "not_finite";
}
