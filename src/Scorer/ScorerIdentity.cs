using System.Security.Cryptography;

namespace Rerank.Scorer;

/// <summary>Who scores, and with what.</summary>
/// <param name="Name">Unique among all Scorers: host, process and a random part.</param>
/// <param name="Model">Full identity, <c>id@revision/precision/hash</c>.</param>
/// <param name="Backend">What runs the model.</param>
/// <param name="Device">What the backend runs on.</param>
/// <param name="Lanes">Forward passes side by side.</param>
internal sealed record ScorerIdentity(string Name, string Model, string Backend, string Device, int Lanes)
{
    internal static string NewName()
    {
        var random = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(3));
        return $"{Shared.Contracts.Name.From(Environment.MachineName, 32)}-{Environment.ProcessId}-{random}";
    }
}
