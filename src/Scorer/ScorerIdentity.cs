namespace Rerank.Scorer;

/// <summary>Who scores, and with what.</summary>
/// <param name="Name">Unique among all Scorers: host, process and a random part.</param>
/// <param name="Model">Full identity, <c>id@revision/precision/hash</c>.</param>
internal sealed record ScorerIdentity(string Name, string Model)
{
    internal static ScorerIdentity Create(string model)
    {
        var random = Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(3));
        return new($"{Shared.Contracts.Name.From(Environment.MachineName, 32)}-{Environment.ProcessId}-{random}", model);
    }
}
