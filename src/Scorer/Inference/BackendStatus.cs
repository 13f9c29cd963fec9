namespace Rerank.Scorer.Inference;

/// <summary>Whether a backend can be chosen with the loaded runtime library.</summary>
/// <param name="Name">As in settings.</param>
/// <param name="Available">Whether the library carries it; a device may be missing all the same.</param>
/// <param name="Layout">Lanes and sessions if nothing else is asked for.</param>
/// <param name="Reason">In words for a person: why not and what to do, or what there is.</param>
public sealed record BackendStatus(string Name, bool Available, string Layout, string Reason);
