using NATS.NKeys;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.NKeys;

public sealed class KeyPairTests
{
    // The example of the nkeys documentation.
    private const string Seed = "SOAELH6NJCEK4HST5644G4HK7TOAFZGRRJHNM4EUKUY7PPNDLIKO5IH4JM";
    private const string PublicKey = "ODPWIBQJVIQ42462QAFI2RKJC4RZHCQSIVPRDDHWFCJAP52NRZK6Z2YC";

    [Fact]
    public void A_documented_seed_gives_its_documented_public_key() => ReadPublicKey(Seed).ShouldBe(PublicKey);

    [Theory]
    [InlineData("")]
    [InlineData("SOAELH6NJCEK4HST5644G4HK7TOAFZGRRJHNM4EUKUY7PPNDLIKO5IH5JM")]
    [InlineData("1OAELH6NJCEK4HST5644G4HK7TOAFZGRRJHNM4EUKUY7PPNDLIKO5IH4JM")]
    [InlineData(PublicKey)]
    public void A_damaged_seed_is_refused(string seed) => Should.Throw<FormatException>(() => ReadPublicKey(seed));

    private static string ReadPublicKey(string seed)
    {
        using var pair = KeyPair.FromSeed(seed);
        return pair.GetPublicKey();
    }
}
