namespace Rerank.Scorer.Models.Hub;

/// <summary>How far a pull is.</summary>
/// <param name="Model">What is pulled.</param>
/// <param name="File">The file in hand.</param>
/// <param name="Bytes">Of all files, those of an earlier pull that was cut included.</param>
/// <param name="TotalBytes">Of all files; null if the hub does not say.</param>
/// <param name="Trouble">Why nothing moves at the moment, if so.</param>
public sealed record PullProgress(string Model, string File, long Bytes, long? TotalBytes, string? Trouble = null);
