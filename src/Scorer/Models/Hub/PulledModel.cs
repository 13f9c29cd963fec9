namespace Rerank.Scorer.Models.Hub;

/// <summary>A pulled model.</summary>
/// <param name="Model">The folder, checked.</param>
/// <param name="Commit">The commit that the revision is.</param>
/// <param name="File">Path of the ONNX file in the repository.</param>
/// <param name="AlreadyThere">Nothing had to be downloaded.</param>
/// <param name="Notes">What a user should know of it.</param>
public sealed record PulledModel(ModelFolder Model, string Commit, string File, bool AlreadyThere, IReadOnlyList<string> Notes);
